// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "interpreter/diagnostic_sink.h"
#include "interpreter/main_key_arguments.h"

namespace gpsh::interpreter {

/// gpsh verify: every cryptogram, MAC and decryption of a log, recomputed.
struct VerifyCommand {
  std::vector<std::string> logs{};
  KeyArguments keys{};
  std::string format = "text";  ///< or json
};

/// Prints what is true of each secure channel of each log, as it is read. 0 when there is a channel and all
/// that could be checked is right, else 1. Throws Error (file, "unreadable-log"; usage, "key-value",
/// "key-derivation").
[[nodiscard]] int run_verify(const VerifyCommand& command, DiagnosticSink& diagnostics);

}  // namespace gpsh::interpreter
