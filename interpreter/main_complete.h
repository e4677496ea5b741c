// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace gpsh::interpreter {

/// One word that may stand at the cursor.
struct CompletionWord {
  std::string text;
  std::string meaning{};  ///< one line, may be empty

  friend bool operator==(const CompletionWord&, const CompletionWord&) = default;
};

/// What may stand at the cursor.
struct CommandLineCompletions {
  std::vector<CompletionWord> words{};
  std::optional<std::string> files_behind{};  ///< names of files may stand there too, behind this text
};

/// `words` are those after "gpsh" up to the cursor; the last is the one to complete, "" where none is begun.
[[nodiscard]] CommandLineCompletions complete(const std::vector<std::string>& words);

/// For the scripts in completions/: of the words, each ended by \n, the candidates, one a line, the meaning
/// after a tab; a line "#files" where names of files may stand, with the text that stands before them after a
/// blank.
[[nodiscard]] std::string completion_lines(const std::string& words);

}  // namespace gpsh::interpreter
