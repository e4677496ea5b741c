// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gpsh::interpreter {

/// A piece of a script: byte offset and length.
struct Span {
  std::size_t offset = 0;
  std::size_t length = 0;
};

/// Line and column, both from 1; the column counts bytes.
struct Position {
  std::size_t line = 1;
  std::size_t column = 1;
};

/// Stands for a secret of any length.
inline constexpr std::string_view kMask = "********";

/// A script's text and the name messages give it. Owns the text; spans refer to it.
class Source {
 public:
  Source(std::string name, std::string text);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::string_view text(Span span) const { return text().substr(span.offset, span.length); }
  [[nodiscard]] Position position(std::size_t offset) const;
  /// Line and column from 1, the column in Unicode characters; bytes that are no UTF-8 count one each.
  [[nodiscard]] Position character_position(std::size_t offset) const;
  /// What messages may show: each hidden value in it, or part of one, as kMask.
  [[nodiscard]] std::string shown(Span span) const;
  /// The piece, with the whole of each hidden value that it touches.
  [[nodiscard]] Span with_whole_values(Span span) const;
  /// A secret value: messages show kMask from now on.
  void hide(Span span);
  /// Hides a value that is not needed any more, and overwrites it with stars.
  void forget(Span span);
  /// The line an offset stands in, without its line end.
  [[nodiscard]] Span line_at(std::size_t offset) const;

 private:
  std::string name_;
  std::string text_;
  std::vector<Span> hidden_;              ///< ascending, apart from each other
  std::vector<std::size_t> line_starts_;  ///< offsets, ascending, the first is 0
};

}  // namespace gpsh::interpreter
