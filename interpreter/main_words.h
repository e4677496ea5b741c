// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace gpsh::interpreter {

/// An option or a positional argument of the command line.
struct ArgumentInfo {
  std::vector<std::string> names;      ///< "-c", "--card"; of a positional argument: "SCRIPT"
  std::string value;                   ///< what its value is: "FILE", "TEXT"; empty for a flag
  std::vector<std::string> choices{};  ///< the only values, where they are few
  std::string help;
  bool required = false;
  bool repeatable = false;
};

/// A word of the command line, gpsh itself or a subcommand, and what may follow it.
struct WordInfo {
  std::string name;
  std::string summary;
  std::vector<ArgumentInfo> options;
  std::vector<ArgumentInfo> arguments;  ///< positional
  std::vector<WordInfo> words;
};

/// The command line as declared, for those who describe it: manual page, completion.
[[nodiscard]] WordInfo describe_command_line();
/// The word of this name right below, or none.
[[nodiscard]] const WordInfo* find_word(const WordInfo& above, const std::string& name);

}  // namespace gpsh::interpreter
