// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <string_view>

namespace gpsh::interpreter {

/// How many hex digits stand in a row, at most.
[[nodiscard]] inline std::size_t longest_hex_run(std::string_view text) {
  std::size_t longest = 0;
  std::size_t digits = 0;
  for (const char c : text) {
    digits = std::isxdigit(static_cast<unsigned char>(c)) != 0 ? digits + 1 : 0;
    longest = std::max(longest, digits);
  }
  return longest;
}

}  // namespace gpsh::interpreter
