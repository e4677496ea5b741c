// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "interpreter/diagnostic_sink.h"

namespace CLI {  // NOLINT(readability-identifier-naming): the library's own name
class App;
}  // namespace CLI

namespace gpsh::interpreter {

/// gpsh import: a log of another tool becomes a recording.
struct ImportCommand {
  std::string log{};
  std::string recording{};
  std::string format = "text";  ///< or json
};

/// Adds LOG, -o and --format. `command` outlives the parsing.
void add_import_options(CLI::App& app, ImportCommand& command);

/// Makes the recording and prints what is in it; 0. Throws Error (file): "unreadable-log", "empty-log",
/// "already-recording", "recording-exists", "recording-failed".
[[nodiscard]] int run_import(const ImportCommand& command, DiagnosticSink& diagnostics);

}  // namespace gpsh::interpreter
