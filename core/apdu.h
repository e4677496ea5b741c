// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "core/bytes.h"
#include "core/status_word.h"

namespace gpsh {

/// A command APDU as a value (ISO/IEC 7816-3, 12.1.3).
struct CommandApdu {
  std::uint8_t cla = 0;
  std::uint8_t ins = 0;
  std::uint8_t p1 = 0;
  std::uint8_t p2 = 0;
  Bytes data{};                       ///< 0 to 65535 bytes
  std::optional<std::uint32_t> le{};  ///< bytes wanted, 1 to 65536; 256 is the short `00`; absent: none

  static constexpr std::uint32_t kShortMaximum = 256;
  static constexpr std::size_t kMaxShortData = 255;

  /// Needs the extended form: more than 255 data bytes or an Le over 256.
  [[nodiscard]] bool extended() const;
  /// Short form where it fits, else extended. Throws Error (usage) past 65535 data bytes or with an Le
  /// outside 1 to 65536.
  [[nodiscard]] Bytes encode() const;
  [[nodiscard]] Bytes header() const { return {cla, ins, p1, p2}; }

  /// Cases 1 to 4, short and extended; an Lc of 00 before an Le counts as no data. Throws Error (usage) when
  /// the lengths do not add up.
  [[nodiscard]] static CommandApdu parse(ByteView bytes);

  friend bool operator==(const CommandApdu&, const CommandApdu&) = default;
};

/// A response APDU: data without the status word, and the status word.
struct ResponseApdu {
  Bytes data;
  StatusWord sw;

  [[nodiscard]] Bytes encode() const;
  /// Throws Error (card) when there are fewer than two bytes.
  [[nodiscard]] static ResponseApdu parse(ByteView bytes);

  friend bool operator==(const ResponseApdu&, const ResponseApdu&) = default;
};

}  // namespace gpsh
