// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "virtualcard/profile.h"

namespace gpsh::virtualcard {

/// The profile's AuthenticationPolicy is used up.
[[nodiscard]] inline bool authentication_blocked(const Profile& profile) {
  const auto limit = profile.authentication.limit;
  return limit != 0 && profile.card.failed_authentications >= limit;
}

/// Counts an attempt if the profile counts there.
inline void count_authentication(Profile& profile, CountAt where) {
  if (profile.authentication.count_at == where) ++profile.card.failed_authentications;
}

}  // namespace gpsh::virtualcard
