// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gpsh::sessions {

/// A line of a log, without its end and the blanks around it.
struct LogLine {
  std::string_view text;   ///< valid until the next line is read
  std::size_t number = 0;  ///< 1 is the first
  std::size_t width = 0;   ///< columns as it stood in the log, its end not counted
};

/// Reads a log of any size line by line, in memory that does not grow with it. What web pages and word
/// processors make of an arrow (&gt;, long dashes, arrow characters) is an arrow of - < > again. A line is
/// cut after kLongest bytes.
class LogLines {
 public:
  static constexpr std::size_t kLongest = std::size_t{4} << 20;

  /// `in` must live longer.
  explicit LogLines(std::istream& in);

  /// Nothing at the end, or where the log cannot be read further: see failed().
  std::optional<LogLine> next();
  [[nodiscard]] bool failed() const { return in_.bad(); }

 private:
  bool fill();
  void keep(std::string_view part);
  std::string_view whole_line();

  std::istream& in_;
  std::vector<char> block_;
  std::size_t at_ = 0;
  std::size_t end_ = 0;
  std::string kept_;   // the start of a line that the next block continues
  std::string typed_;  // a line with its arrows put right
  std::size_t number_ = 0;
};

/// The text without blanks, tabs and carriage returns at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

}  // namespace gpsh::sessions
