// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace gpsh::interpreter {

/// One way to go on.
struct Candidate {
  std::string text;      ///< takes the place of the word, quoted where it must be
  std::string help{};    ///< one line; may be empty
  bool finished = true;  ///< false: more of the same word may follow (a folder)
};

/// What can stand where the cursor is.
struct Completions {
  std::size_t from = 0;  ///< byte offset where the word begins that a candidate replaces
  std::vector<Candidate> candidates{};
  std::string hint{};  ///< what to type where nothing can be listed; may be empty
};

/// Where words come from that are in no table. Each is asked only when it is needed, and may be slow.
struct CompletionSources {
  std::function<std::vector<std::string>()> readers;
  std::function<std::vector<std::string>()> aids;
  /// The paths that begin with a text; folders end with a slash.
  std::function<std::vector<std::string>(std::string_view start)> files;
  std::function<std::string()> next_step;  ///< shown where anything can be typed
};

/// A word that the shell knows besides the commands of a script.
struct ShellWord {
  std::string_view name;
  std::string_view help;
};
[[nodiscard]] const std::vector<ShellWord>& shell_words();

/// What fits behind `line`, which ends at the cursor: commands, options that are not given yet, values. Does
/// not throw for any text.
[[nodiscard]] Completions complete(std::string_view line, const CompletionSources& sources);

/// The longest text that all candidates begin with.
[[nodiscard]] std::string common_start(const std::vector<Candidate>& candidates);

/// What Tab shows below the line: a candidate a line with its help, and the hint. No line is longer than
/// `width` columns: helps are cut, the hint goes on in the next line.
[[nodiscard]] std::string completion_list(const Completions& completions, std::size_t width);

}  // namespace gpsh::interpreter
