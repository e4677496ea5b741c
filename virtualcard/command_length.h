// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/apdu.h"

namespace gpsh::virtualcard {

/// The length of a command's data field as MACs and tokens cover it: one byte, for a command that came in
/// segments and is longer than 255 bytes three (GPCS 2.3.1 sections 11.1.5.1 and C.4).
[[nodiscard]] inline Bytes command_length(std::size_t bytes) {
  const auto low = static_cast<std::uint8_t>(bytes);
  if (bytes <= CommandApdu::kMaxShortData) return {low};
  return {0x00, static_cast<std::uint8_t>(bytes >> 8), low};
}

}  // namespace gpsh::virtualcard
