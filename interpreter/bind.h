// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "interpreter/command_table.h"
#include "interpreter/commands.h"
#include "interpreter/diagnostic.h"
#include "interpreter/script.h"

namespace gpsh::interpreter {

/// The value of an environment variable, if it is set.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

/// Unknown commands and options are errors, or warnings as in GPShell.
enum class Strictness { strict, lenient };

/// A secret value in the text, and what may be shown instead of it.
struct SecretText {
  Span span;
  std::string
      check_value_3des;  ///< hex; both empty where there is no check value (pass phrases, unreadable keys)
  std::string check_value_aes;
};

/// An option of the command that the line gives a value.
struct GivenOption {
  std::string_view name;  ///< as the command declares it
  Span value;
};

/// A script line with its command's struct filled, or with the reasons why it could not be.
struct BoundLine {
  std::optional<Command> command;     ///< absent: unknown command, or errors among the diagnostics
  const CommandInfo* info = nullptr;  ///< absent: unknown command
  std::string name;                   ///< as written, variables replaced
  std::string_view meant;             ///< of an unknown command that is an error: the nearest known one
  Span name_span;
  Span line_span;
  bool no_stop = false;  ///< -noStop is in force: nothing before it on the line was an error
  std::vector<GivenOption> options;
  std::vector<SecretText> secrets;  ///< to mask in echo and messages; public test keys are not among them
  std::vector<Diagnostic> diagnostics;
  std::vector<std::string> allowed;  ///< codes that # gpsh:allow silences here

  /// Where the option's value stands, if it is given; of several the last.
  [[nodiscard]] const GivenOption* given(std::string_view option) const;
};

/// Words to a command. Does not throw; every problem is a diagnostic of the line.
[[nodiscard]] BoundLine bind_line(const Source& source, const ScriptLine& line,
                                  const Environment& environment, Strictness strictness);

}  // namespace gpsh::interpreter
