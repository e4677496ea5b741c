// SPDX-License-Identifier: Apache-2.0
#include "sessions/importers/formats.h"

#include <algorithm>

#include "sessions/importers/hex_text.h"
#include "sessions/importers/status_word.h"
#include "sessions/log_lines.h"

namespace gpsh::sessions {
namespace {

constexpr std::size_t kHeaderDigits = 8;
constexpr std::size_t kStatusWordDigits = 4;
constexpr std::size_t kLongestNumber = 10;
constexpr std::array<std::string_view, 7> kLevels = {"INFO", "DEBUG", "TRACE", "WARN", "VERBOSE", "D", "I"};

std::size_t digits_in(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, is_hex_digit));
}

bool is_stamp(std::string_view word) {
  if (word == ">" || word == "|" || word == "*") return true;
  if (word.front() == '[' || word.front() == '(') return word.find_first_of("])") != std::string_view::npos;
  // Longer ones are hex.
  if (word.find_first_not_of("0123456789") == std::string_view::npos) return word.size() <= kLongestNumber;
  const bool numbers = word.find_first_not_of("0123456789:-.,/TZ+#") == std::string_view::npos;
  if (numbers && word.find_first_of("0123456789-") != std::string_view::npos) return true;
  while (!word.empty() && (word.back() == ':' || word.back() == '-')) word.remove_suffix(1);
  return std::ranges::find(kLevels, word) != kLevels.end();
}

/// "6F10...": somebody left out the rest.
bool is_shortened(std::string_view text) {
  const auto dots = text.find("..");
  return dots != std::string_view::npos && dots > 0 && is_hex_digit(text[dots - 1]) &&
         digits_in(leading_hex(text.substr(0, dots))) == digits_in(text.substr(0, dots));
}

std::optional<LogEntry> plausible_response(EntryKind kind, std::string_view text) {
  auto apart = status_word_apart(text);
  LogEntry entry{
      .kind = kind, .digits = leading_hex(apart ? apart->data : text), .readable = !is_shortened(text)};
  if (apart && !repeats(entry.digits, apart->digits)) entry.status_word = std::move(apart->digits);
  // "90 0" is a status word too.
  const auto digits = digits_in(entry.digits) + entry.status_word.size();
  return digits >= kStatusWordDigits - 1 ? std::optional(std::move(entry)) : std::nullopt;
}

}  // namespace

std::optional<LogEntry> plausible_entry(EntryKind kind, std::string_view text) {
  text = without_duration(text);
  if (kind == EntryKind::response || kind == EntryKind::unwrapped_response)
    return plausible_response(kind, text);
  LogEntry entry{.kind = kind, .digits = leading_hex(text)};
  return digits_in(entry.digits) >= kHeaderDigits ? std::optional(std::move(entry)) : std::nullopt;
}

std::string_view without_stamp(std::string_view line) {
  while (!line.empty()) {
    // Two searches for one letter each are far quicker than one for either.
    const auto end = std::min({line.find(' '), line.find('\t'), line.size()});
    if (end == line.size() || !is_stamp(line.substr(0, end))) return line;
    line = trimmed(line.substr(end));
  }
  return line;
}

}  // namespace gpsh::sessions
