// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "core/aid.h"
#include "virtualcard/card_channel.h"
#include "virtualcard/command_chain.h"
#include "virtualcard/load_process.h"
#include "virtualcard/profile.h"
#include "virtualcard/random_source.h"
#include "virtualcard/registry_listing.h"
#include "virtualcard/stored_blocks.h"

namespace gpsh::virtualcard {

/// What ends with the selection of an application (GPCS 2.3.1 section 10.2.3).
struct ApplicationSession {
  std::optional<Aid> application{};  ///< the selected one; absent: the Issuer Security Domain
  CardChannel channel{};
  CommandChain chain{};                      ///< DELETE, INSTALL, PUT KEY
  StoredBlocks stored{};                     ///< STORE DATA
  std::optional<RegistryListing> listing{};  ///< of the last GET STATUS [first or all]
  std::optional<LoadProcess> load{};         ///< begun with INSTALL [for load]
  std::optional<Aid> personalized{};         ///< whom STORE DATA is for (GPCS 2.3.1 section 11.11.1); absent:
                                             ///< the domain itself
  bool keys_made_personalized = false;       ///< the domain, and it has not been asked to be so since
};

/// Everything a command can see and change.
struct Card {
  /// The basic logical channel and up to three supplementary ones (GPCS 2.3.1 section 6.4).
  static constexpr std::size_t kChannels = 4;

  Profile profile;
  RandomSource& random;
  std::array<std::optional<ApplicationSession>, kChannels> channels{ApplicationSession{}};  ///< the open ones
  std::size_t channel = 0;  ///< of the command; open

  [[nodiscard]] ApplicationSession& session() { return *channels.at(channel); }
  [[nodiscard]] const ApplicationSession& session() const { return *channels.at(channel); }
  [[nodiscard]] bool locked() const {
    return profile.card.issuer_security_domain.life_cycle == CardLifeCycle::locked;
  }
  [[nodiscard]] bool terminated() const {
    return profile.card.issuer_security_domain.life_cycle == CardLifeCycle::terminated;
  }
  /// A new application session on a logical channel, which opens if it was closed.
  void select(const Aid& aid, std::size_t on_channel);
  /// Power off and on: the basic logical channel alone, with whoever is implicitly selected.
  void reset();
  /// The AID of the application that is selected on the command's logical channel.
  [[nodiscard]] const Aid& selected() const;
  /// The selected security domain; null when an application is selected that is none.
  [[nodiscard]] SecurityDomain* selected_domain();
  /// Whose secure channel the selected application can open.
  [[nodiscard]] ChannelOwner channel_owner();
};

}  // namespace gpsh::virtualcard
