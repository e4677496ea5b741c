// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "gp/keys.h"

namespace gpsh::sessions {

/// Keys that a line of a log shows: of -key all three places, else those given.
struct LoggedKeys {
  gp::KeySet keys{};
  std::size_t line = 0;  ///< 1 is the first
};

/// The keys that stand in a log: GPShell's -key, -enc_key, -mac_key, -kek_key, and EncKey, MacKey, DekKey
/// with =, each followed by 16, 24 or 32 bytes of hex. A set that came before is not repeated.
[[nodiscard]] std::vector<LoggedKeys> find_logged_keys(std::string_view text);

}  // namespace gpsh::sessions
