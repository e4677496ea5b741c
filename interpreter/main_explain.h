// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "interpreter/diagnostic_sink.h"
#include "interpreter/main_key_arguments.h"

namespace gpsh::interpreter {

/// gpsh explain: every APDU of a log in words.
struct ExplainCommand {
  std::string log{};  ///< "-": stdin, which is kept in memory
  KeyArguments keys{};
  std::string format = "text";  ///< or json
  bool teach = false;           ///< also what secure messaging computes, step by step
};

/// Prints each exchange as it is read. 0 when there is one, else 1. Throws Error (file, "unreadable-log";
/// usage, "key-value", "key-derivation").
[[nodiscard]] int run_explain(const ExplainCommand& command, DiagnosticSink& diagnostics);

}  // namespace gpsh::interpreter
