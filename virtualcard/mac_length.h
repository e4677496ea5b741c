// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "core/bytes.h"

namespace gpsh::virtualcard {

/// The most data a command joined of segments has, with its C-MAC.
inline constexpr std::size_t kMaxJoinedData = 0x2000;

/// Lc as a C-MAC or R-MAC covers it: one byte, three for a command that is sent in segments (GPCS 2.3.1
/// section 11.1.5.1).
[[nodiscard]] inline Bytes mac_length(std::size_t length) {
  if (length <= 0xFF) return {static_cast<std::uint8_t>(length)};
  return {0x00, static_cast<std::uint8_t>(length >> 8), static_cast<std::uint8_t>(length)};
}

}  // namespace gpsh::virtualcard
