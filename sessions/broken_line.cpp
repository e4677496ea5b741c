// SPDX-License-Identifier: Apache-2.0
#include "sessions/broken_line.h"

#include <algorithm>

#include "sessions/importers/hex_text.h"
#include "sessions/key_words.h"

namespace gpsh::sessions {
namespace {

constexpr std::size_t kConsoleColumns = 60;
constexpr std::size_t kLongestRow = 512;
constexpr std::size_t kTrimmed = 1;  // a blank at the end of a full row is gone
constexpr std::size_t kLongestKeyDigits = 64;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_word_character(char c) {
  return is_letter(c) || (c >= '0' && c <= '9') || c == '_';
}

std::size_t digits_at_start(std::string_view row) {
  return static_cast<std::size_t>(std::ranges::find_if_not(row, is_hex_digit) - row.begin());
}

std::size_t digits_at_end(std::string_view row) {
  return static_cast<std::size_t>(std::find_if_not(row.rbegin(), row.rend(), is_hex_digit) - row.rbegin());
}

std::string_view last_word(std::string_view row) {
  return row.substr(row.find_last_of(" \t,") + 1);  // npos + 1 is the start
}

bool is_option(std::string_view word) {
  return word.size() > 1 && word.front() == '-' && (is_letter(word[1]) || word[1] == '-');
}

bool begins_option(std::string_view word) {
  return word == "-" || is_option(word);
}

/// A key's digits go on, and end as a word does.
bool goes_on_in_hex(std::string_view before, std::string_view row) {
  if (!is_hex_digit(before.back())) return false;
  const auto digits = digits_at_start(row);
  return digits > 0 && digits <= kLongestKeyDigits &&
         (digits == row.size() || !is_word_character(row[digits]));
}

bool needs_blank(std::string_view before, std::string_view row) {
  if (row.front() == '-') return is_word_character(before.back()) && is_option(row);
  return names_key(last_word(before)) && digits_at_start(row) > 1;
}

}  // namespace

bool BrokenLine::may_begin_with(std::string_view row) {
  if (row.size() < kConsoleColumns || row.size() > kLongestRow) return false;
  // More hex than a key has is an APDU's.
  return digits_at_end(row) <= kLongestKeyDigits && row.find_first_of("kK") != std::string_view::npos;
}

bool BrokenLine::may_go_on_with(std::string_view row) const {
  if (rows_.empty() || rows_.size() == kMostRows || row.empty()) return false;
  const std::string_view before = rows_.back();
  const auto width = rows_.front().size();
  if (before.size() + kTrimmed < width || row.size() > width + kTrimmed) return false;
  return goes_on_in_hex(before, row) || is_option(row) || begins_option(last_word(before));
}

std::string BrokenLine::joined(std::size_t rows) const {
  std::string line = rows_.front();
  for (std::size_t at = 1; at < rows; ++at) {
    if (needs_blank(line, rows_[at])) line += ' ';
    line += rows_[at];
  }
  return line;
}

void BrokenLine::drop(std::size_t rows) {
  const auto end = rows_.begin() + static_cast<std::ptrdiff_t>(rows);
  std::for_each(rows_.begin(), end, [](std::string& row) { std::ranges::fill(row, ' '); });
  rows_.erase(rows_.begin(), end);
}

}  // namespace gpsh::sessions
