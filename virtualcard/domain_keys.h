// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "core/status_word.h"
#include "virtualcard/key_fields.h"
#include "virtualcard/profile.h"

namespace gpsh::virtualcard {

/// The version of the keys a card leaves the factory with.
inline constexpr std::uint8_t kFactoryKeyVersion = 0xFF;

/// Keys that come in one PUT KEY or STORE DATA: consecutive identifiers of one version.
struct KeyChange {
  std::uint8_t replaced_version = 0;  ///< 00: the keys are added
  std::uint8_t version = 0;
  std::uint8_t first_identifier = 0;
  std::vector<NewKey> keys{};
};

/// Every key of a domain, those of its key sets too, one at a time and in their order.
[[nodiscard]] std::vector<ServiceKey> all_keys(const SecurityDomain& domain, const Profile& profile);

/// Adds or replaces keys, all or nothing (GPCS 2.3.1 section 11.8.2.3.3); nothing when it is done. Three keys
/// 01 to 03 of a type that one of the card's protocols uses are a key set; its counter begins at 0 (AmdD
/// 6.2.2.1). The first other set removes the factory set. 6A80 for a key that is there already or that
/// replaces one of another type or length, 6A88 when there is none to replace, 6985 when the Issuer Security
/// Domain would be left without a key set.
[[nodiscard]] std::optional<StatusWord> change_keys(SecurityDomain& domain, const KeyChange& change,
                                                    const Profile& profile);

/// Removes all keys with this version and identifier, absent: any; nothing when it is done. 6A88 when there
/// are none, 6985 when the Issuer Security Domain would be left without a key set.
struct KeyName {
  std::optional<std::uint8_t> version{};
  std::optional<std::uint8_t> identifier{};
};
[[nodiscard]] std::optional<StatusWord> remove_keys(SecurityDomain& domain, const KeyName& name,
                                                    const Profile& profile);

}  // namespace gpsh::virtualcard
