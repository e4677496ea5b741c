// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace gpsh::interpreter {

struct TypedLine {
  enum class Kind { text, cancelled, end };
  Kind kind = Kind::text;
  std::string text{};  ///< without its line end
};

/// What is told while a line is typed, and the prompt from then on.
struct Interruption {
  std::string text;  ///< one line
  std::string prompt;
};

/// Whoever types: a terminal with line editing, or a test.
class LineEditor {
 public:
  virtual ~LineEditor() = default;

  [[nodiscard]] virtual TypedLine read(const std::string& prompt) = 0;
  /// Whether more input is there already, as behind the first line of a paste.
  [[nodiscard]] virtual bool input_waits() = 0;
  /// No copy is kept of the lines read since this was called last: a secret stands in them.
  virtual void forget() {}
  /// A line that can be called back.
  virtual void remember(const std::string& line) = 0;
};

}  // namespace gpsh::interpreter
