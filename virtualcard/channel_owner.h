// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "virtualcard/profile.h"

namespace gpsh::virtualcard {

/// Whose secure channel it is (GPCS 2.3.1 section 10.1).
struct ChannelOwner {
  const Profile& profile;  ///< the card's protocols and its AuthenticationPolicy
  SecurityDomain& domain;  ///< whose keys secure it; has some
  const Aid& aid;          ///< of the application that is selected

  [[nodiscard]] const SecureChannelOptions& default_options() const {
    return profile.options_of(domain.default_key_set());
  }
  /// The profile's AuthenticationPolicy is used up.
  [[nodiscard]] bool authentication_blocked() const {
    const auto limit = profile.authentication.limit;
    return limit != 0 && domain.failed_authentications >= limit;
  }
  /// Counts an attempt if the profile counts there.
  void count_authentication(CountAt where) const {
    if (profile.authentication.count_at == where) ++domain.failed_authentications;
  }
};

}  // namespace gpsh::virtualcard
