// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/bytes.h"

namespace gpsh::sessions {

/// A table, as every character of a log is asked about.
inline constexpr auto kHexDigits = [] {
  std::array<bool, 256> digits{};
  for (const char c : std::string_view("0123456789ABCDEFabcdef"))
    digits.at(static_cast<unsigned char>(c)) = true;
  return digits;
}();
[[nodiscard]] inline bool is_hex_digit(char c) {
  return kHexDigits[static_cast<unsigned char>(c)];
}
[[nodiscard]] inline bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}
/// Nothing but hex digits, at least one.
[[nodiscard]] bool is_hex_line(std::string_view text);
/// Nothing but hex digits and blanks, a digit first.
[[nodiscard]] bool is_blank_separated_hex(std::string_view text);

/// The hex at the start of a text: words of hex digits, also as 0x.., with blanks and commas between them and
/// brackets around them, up to the first thing that is not ("80 50 (00)", "4A 84, 90 00   [Normal ending]",
/// "6A 82 : File not found"). The digits with single blanks between the words; empty when the text does not
/// start so, or when a first word of letters alone makes it prose.
[[nodiscard]] std::string leading_hex(std::string_view text);

/// The bytes of collected digits and blanks. Where the digits are odd in number and the last word is a single
/// one, it is a byte of its own, as some tools write "90 0".
[[nodiscard]] std::optional<Bytes> bytes_of(std::string_view digits_and_blanks);

/// A line of words of two digits with one blank between them.
struct ByteRow {
  std::string_view digits{};  ///< with the blanks
  std::size_t bytes = 0;      ///< 0: it is no such line
  bool ends = false;          ///< " : text" stands behind them
};
[[nodiscard]] ByteRow byte_row(std::string_view text);

/// A line of a hex dump.
struct DumpLine {
  std::string digits{};  ///< without blanks
  std::size_t bytes = 0;
};
/// 1 to 16 bytes as words of two digits (or more, in groups), perhaps an offset in front, perhaps a column of
/// text behind it. Nothing for any other line.
[[nodiscard]] std::optional<DumpLine> dump_line(std::string_view text);

/// The decimal number at the start of a text, blanks before it allowed; nothing above ten digits.
[[nodiscard]] std::optional<std::size_t> leading_number(std::string_view text);

}  // namespace gpsh::sessions
