// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "gp/card_session.h"
#include "gp/key_data_field.h"

namespace gpsh::gp {

// P2 of PUT KEY: the identifier of the first key, and whether there are more (GPCS 2.3.1 Table 11-67).
inline constexpr std::uint8_t kOneKeyFromFirst = 0x01;
inline constexpr std::uint8_t kSeveralKeysFromFirst = 0x81;

struct PutKeyRequest {
  std::uint8_t replaced_version = 0;  ///< 0: the keys are new
  std::uint8_t new_version = 0;       ///< 1 to 127
  std::uint8_t p2 = kOneKeyFromFirst;
  std::vector<KeyDataField> keys{};
  std::size_t confirmed = 0;          ///< how many of the keys' check values the card has to answer
  std::optional<KeyFormat> format{};  ///< of AES keys, to name the other one if the card refuses it
  Framing framing = Framing::single;  ///< chained: cut into several commands where one is too short
};

/// Throws Error (usage, "key-version") for a version no key can have: outside 1 to 127, 0 allowed for one to
/// be replaced.
void require_key_versions(const PutKeyRequest& request);

/// PUT KEY (GPCS 2.3.1 section 11.8), through the channel. Throws Error: what require_key_versions() throws;
/// (card, "card-status") for another status word than 9000, with the other key format in its advice where
/// that may be the reason; (card, "key-check-value") where the answer is not the new version and the check
/// values of the keys sent: the card has keys then, but not these. Where the answer is lost the advice says
/// what the card may have.
void put_key(CardSession& session, const PutKeyRequest& request);

}  // namespace gpsh::gp
