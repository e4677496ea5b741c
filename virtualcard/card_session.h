// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "core/aid.h"
#include "virtualcard/card_channel.h"
#include "virtualcard/profile.h"
#include "virtualcard/random_source.h"
#include "virtualcard/registry_listing.h"

namespace gpsh::virtualcard {

/// What ends with the selection of an application (GPCS 2.3.1 section 10.2.3).
struct ApplicationSession {
  std::optional<Aid> application;  ///< the selected one; absent: the Issuer Security Domain
  CardChannel channel;
  std::optional<RegistryListing> listing;  ///< of the last GET STATUS [first or all]
};

/// Everything a command can see and change.
struct Card {
  Profile profile;
  ApplicationSession session;
  RandomSource& random;
};

}  // namespace gpsh::virtualcard
