// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "interpreter/source.h"

namespace gpsh::interpreter {

/// What is wrong with the form of a word. A word after a comment sign or after a command that takes no
/// options is never read, so a problem becomes a diagnostic only where the word is used.
struct WordProblem {
  std::string_view code;
  std::string_view text;
  std::string_view advice;
  Span span;
};

/// One word as it stands, before ${VARIABLES} are replaced.
struct Word {
  struct Piece {
    enum class Kind { text, variable } kind = Kind::text;
    std::string text;  ///< the characters, or the variable's name
  };

  std::vector<Piece> pieces;
  Span span;  ///< with its quotes
  bool quoted = false;
  std::optional<WordProblem> problem;

  /// The characters as written, without quotes, variables unreplaced.
  [[nodiscard]] std::string literal() const;
  /// `#...` or `//...`, unquoted: the rest of the line is a comment where an option may stand.
  [[nodiscard]] bool starts_comment() const;
};

/// A line that holds a command; blank lines and comment lines are left out.
struct ScriptLine {
  std::vector<Word> words;  ///< at least one
  Span span;                ///< the whole physical line with its line end, as GPShell echoes it
};

}  // namespace gpsh::interpreter
