// SPDX-License-Identifier: Apache-2.0
#include "sessions/importers/hex_text.h"

#include <algorithm>

#include "sessions/log_lines.h"

namespace gpsh::sessions {
namespace {

constexpr std::size_t kDumpBytes = 16;
constexpr std::size_t kMostNumberDigits = 10;

bool is_decimal_digit(char c) {
  return c >= '0' && c <= '9';
}

/// The word of hex digits at the start of a text, without its 0x.
struct HexWord {
  std::string_view digits{};
  std::size_t length = 0;  ///< with the 0x
};

HexWord hex_word(std::string_view text) {
  const std::size_t prefix = text.starts_with("0x") || text.starts_with("0X") ? 2 : 0;
  auto end = prefix;
  while (end < text.size() && is_hex_digit(text[end])) ++end;
  if (end == prefix) return {.digits = text.substr(0, prefix != 0 ? 1 : 0), .length = prefix != 0 ? 1U : 0U};
  return {.digits = text.substr(prefix, end - prefix), .length = end};
}

bool ends_word(std::string_view rest) {
  constexpr std::string_view kEnds = " \t,()[]|:;.<>-\r";
  return rest.empty() || kEnds.find(rest.front()) != std::string_view::npos;
}

/// How many characters stand between two words of hex; npos where the hex is over.
std::size_t separators(std::string_view text) {
  // "80:50:00"
  if (text.size() > 2 && text[0] == ':' && is_hex_digit(text[1]) && is_hex_digit(text[2])) return 1;
  const auto end = std::min(text.find_first_not_of(" \t,()"), text.size());
  return end < text.size() && is_hex_digit(text[end]) ? end : std::string_view::npos;
}

std::string_view without_offset(std::string_view text) {
  const auto word = hex_word(text);
  const auto rest = text.substr(word.length);
  const bool long_enough = word.digits.size() >= 4 && word.digits.size() <= 8;
  if (!long_enough) return text;
  if (rest.starts_with(":")) return trimmed(rest.substr(1));
  const bool column = rest.starts_with("  ") || rest.starts_with("\t");
  const bool bytes_follow = hex_word(trimmed(rest)).digits.size() == 2;
  const bool counts = word.digits.front() == '0' && word.digits.back() == '0';
  return counts && (column || bytes_follow) ? trimmed(rest) : text;
}

/// Whether what stands behind the bytes of a dump can be its column of text.
bool is_text_column(std::string_view rest, std::size_t bytes) {
  const auto column = trimmed(rest);
  if (column.empty()) return true;
  if (!is_blank(rest.front()) && rest.front() != '|') return false;
  if (column.front() == '|' || column.front() == '[') return true;
  // Blanks at its ends may be lost, and web pages shorten what looks like an address.
  return column.size() <= bytes || column.find("[email") != std::string_view::npos;
}

/// Adds the words of two digits, or of whole groups, that a dump line starts with.
std::string_view take_dump_bytes(std::string_view text, DumpLine& found) {
  while (found.bytes < kDumpBytes) {
    const auto blanks = std::min(text.find_first_not_of(" \t"), text.size());
    const auto word = hex_word(text.substr(blanks));
    const auto rest = text.substr(std::min(blanks + word.length, text.size()));
    const bool fits = !word.digits.empty() && word.digits.size() % 2 == 0 &&
                      word.digits.size() <= 2 * kDumpBytes &&
                      found.bytes + word.digits.size() / 2 <= kDumpBytes;
    if (!fits || !(rest.empty() || is_blank(rest.front()) || rest.front() == '|')) break;
    // Behind several blanks, the column of text may begin with what looks like a byte.
    if (blanks > 4 && found.bytes > 0 && trimmed(text).size() <= found.bytes) break;
    found.digits += word.digits;
    found.bytes += word.digits.size() / 2;
    text = rest;
  }
  return text;
}

}  // namespace

bool is_hex_line(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_hex_digit);
}

bool is_blank_separated_hex(std::string_view text) {
  return !text.empty() && is_hex_digit(text.front()) &&
         std::ranges::all_of(text, [](char c) { return is_hex_digit(c) || is_blank(c); });
}

std::string leading_hex(std::string_view text) {
  std::string result;
  // "[0x80, 0x50]"; "[] 90 0" is a response without data.
  const auto start = std::min(text.find_first_not_of(" \t[]"), text.size());
  if (text.substr(0, start).find('[') != std::string_view::npos) text.remove_prefix(start);
  auto skip = separators(text);
  while (skip != std::string_view::npos) {
    const auto word = hex_word(text.substr(skip));
    const auto rest = text.substr(skip + word.length);
    // "Card", "Added": a word that only starts with hex digits is prose.
    if (!ends_word(rest)) break;
    if (!result.empty()) result += ' ';
    result += word.digits;
    text = rest;
    skip = separators(text);
  }
  return result;
}

std::optional<Bytes> bytes_of(std::string_view digits_and_blanks) {
  if (std::ranges::none_of(digits_and_blanks, is_blank)) return from_hex(digits_and_blanks);
  std::string digits;
  digits.reserve(digits_and_blanks.size());
  for (const char c : digits_and_blanks) {
    if (!is_blank(c)) digits += c;
  }
  if (digits.size() % 2 != 0) {
    const auto last = trimmed(digits_and_blanks);
    const bool alone = last.size() >= 2 && is_blank(last[last.size() - 2]);
    if (alone) digits.insert(digits.size() - 1, 1, '0');
  }
  return from_hex(digits);
}

ByteRow byte_row(std::string_view text) {
  constexpr std::string_view kEnd = " :";
  const auto colon = text.find(kEnd);
  const auto digits = trimmed(text.substr(0, colon));
  constexpr std::size_t kWord = 3;
  if (digits.size() % kWord != kWord - 1) return {};
  for (std::size_t at = 0; at < digits.size(); ++at) {
    if (at % kWord == kWord - 1 ? digits[at] != ' ' : !is_hex_digit(digits[at])) return {};
  }
  return {.digits = digits, .bytes = (digits.size() + 1) / kWord, .ends = colon != std::string_view::npos};
}

std::optional<DumpLine> dump_line(std::string_view text) {
  DumpLine found;
  const auto rest = take_dump_bytes(without_offset(text), found);
  if (found.bytes == 0 || !is_text_column(rest, found.bytes)) return std::nullopt;
  return found;
}

std::optional<std::size_t> leading_number(std::string_view text) {
  text = trimmed(text);
  std::size_t value = 0;
  std::size_t count = 0;
  for (; count < text.size() && is_decimal_digit(text[count]); ++count) {
    if (count == kMostNumberDigits) return std::nullopt;
    value = value * 10 + static_cast<std::size_t>(text[count] - '0');
  }
  return count == 0 ? std::nullopt : std::optional(value);
}

}  // namespace gpsh::sessions
