// SPDX-License-Identifier: Apache-2.0
#include "sessions/importers/status_word.h"

#include <algorithm>
#include <array>

#include "sessions/importers/hex_text.h"
#include "sessions/log_lines.h"

namespace gpsh::sessions {
namespace {

constexpr std::size_t kDigits = 4;
constexpr std::string_view kSeparators = " \t:=";

/// In lower case, the longer ones first.
constexpr std::array<std::string_view, 9> kLabels = {
    "sw1sw2", "sw1 sw2", "sw1-sw2", "sw1/sw2", "sw12", "status word", "statusword", "status", "sw"};
constexpr std::array<std::string_view, 6> kUnits = {"ms", "msec", "us", "usec", "s", "sec"};

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_letters(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z');
}

std::string digits_of(std::string_view text) {
  std::string digits(text);
  std::erase_if(digits, [](char c) { return !is_hex_digit(c); });
  return digits;
}

/// "9000", "90 00", "0x9000", with prose behind.
std::optional<std::string> two_bytes(std::string_view text) {
  auto digits = digits_of(leading_hex(text));
  if (digits.size() != kDigits || (digits.front() != '6' && digits.front() != '9')) return std::nullopt;
  return digits;
}

std::optional<std::string> bracketed_status_word(std::string_view text) {
  const auto end = text.find(']');
  if (end == std::string_view::npos) return std::nullopt;
  return two_bytes(text.substr(1, end - 1));
}

bool is_hex_alone(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return is_hex_digit(c) || is_blank(c) || std::string_view("xX,()[]:").find(c) != std::string_view::npos;
  });
}

}  // namespace

std::optional<std::string> labelled_status_word(std::string_view text) {
  for (const auto label : kLabels) {
    if (text.size() <= label.size() || !same_letters(text.substr(0, label.size()), label)) continue;
    const auto rest = text.substr(label.size());
    const auto start = rest.find_first_not_of(kSeparators);
    if (start == 0 || start == std::string_view::npos) continue;
    if (auto digits = two_bytes(rest.substr(start))) return digits;
  }
  return std::nullopt;
}

std::optional<ApartStatusWord> status_word_apart(std::string_view text) {
  constexpr std::string_view kStarts = "[sS";
  for (auto at = text.find_first_of(kStarts); at < text.size(); at = text.find_first_of(kStarts, at + 1)) {
    const auto data = text.substr(0, at);
    if (!is_hex_alone(data)) return std::nullopt;
    const bool bracket = text[at] == '[';
    // "[9000]" with nothing in front is the answer itself.
    if (bracket && digits_of(data).empty()) continue;
    if (!bracket && at > 0 && is_letter_or_digit(text[at - 1])) return std::nullopt;
    auto digits = bracket ? bracketed_status_word(text.substr(at)) : labelled_status_word(text.substr(at));
    if (digits) return ApartStatusWord{.data = data, .digits = std::move(*digits)};
  }
  return std::nullopt;
}

bool repeats(std::string_view digits_and_blanks, std::string_view status_word) {
  const auto digits = digits_of(
      digits_and_blanks.substr(digits_and_blanks.size() - std::min(digits_and_blanks.size(), 2 * kDigits)));
  return digits.size() >= kDigits && same_letters(digits.substr(digits.size() - kDigits), status_word);
}

bool ends_in_status_word(ByteView response) {
  if (response.size() < 2) return false;
  const auto high = response[response.size() - 2] & 0xF0;
  return high == 0x60 || high == 0x90;
}

std::string_view without_duration(std::string_view text) {
  const auto behind =
      std::find_if(text.rbegin(), text.rend(), [](char c) { return c == '(' || c == '['; }).base();
  if (behind == text.begin()) return text;
  const auto open = static_cast<std::size_t>(behind - text.begin()) - 1;
  const auto inside = text.substr(open + 1, text.find_first_of(")]", open) - open - 1);
  const auto unit = inside.find_first_not_of("0123456789., ");
  if (unit == 0 || unit == std::string_view::npos) return text;
  const bool known = std::ranges::find(kUnits, trimmed(inside.substr(unit))) != kUnits.end();
  return known ? trimmed(text.substr(0, open)) : text;
}

}  // namespace gpsh::sessions
