// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "interpreter/diagnostic_sink.h"
#include "interpreter/main_key_arguments.h"

namespace gpsh::interpreter {

/// gpsh doctor: which protocol, derivation and key fit.
struct DoctorCommand {
  std::vector<std::string> logs{};
  KeyArguments keys{};
  std::string format = "text";  ///< or json
};

/// Prints what fits each INITIALIZE UPDATE of each log. 0 when there is at least one in each log and
/// something fits them all, else 1. Throws Error (file, "unreadable-log"; usage, "key-value",
/// "key-derivation").
[[nodiscard]] int run_doctor(const DoctorCommand& command, DiagnosticSink& diagnostics);

}  // namespace gpsh::interpreter
