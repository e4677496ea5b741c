// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gpsh::sessions {

/// A line with key options that a console of some width may have broken into rows: not only at blanks, but
/// also within a key or an option's name. What stood in it is overwritten when it goes.
class BrokenLine {
 public:
  static constexpr std::size_t kMostRows = 8;

  BrokenLine() = default;
  BrokenLine(const BrokenLine&) = delete;
  BrokenLine& operator=(const BrokenLine&) = delete;
  BrokenLine(BrokenLine&&) = default;
  BrokenLine& operator=(BrokenLine&&) = default;
  ~BrokenLine() { clear(); }

  /// Whether a line that stands alone may go on in the next.
  [[nodiscard]] static bool may_begin_with(std::string_view row);
  /// Whether this row may be the next one.
  [[nodiscard]] bool may_go_on_with(std::string_view row) const;

  void add(std::string_view row) { rows_.emplace_back(row); }
  [[nodiscard]] std::size_t rows() const { return rows_.size(); }
  /// The first so many rows in one line; at least 1.
  [[nodiscard]] std::string joined(std::size_t rows) const;
  /// Takes the first so many rows away.
  void drop(std::size_t rows);
  void clear() { drop(rows_.size()); }

 private:
  std::vector<std::string> rows_;
};

}  // namespace gpsh::sessions
