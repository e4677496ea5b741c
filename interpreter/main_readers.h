// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "interpreter/diagnostic_sink.h"
#include "interpreter/main_options.h"

namespace gpsh::interpreter {

/// Whether --reader or GPSH_READER says `all`.
[[nodiscard]] bool means_all_readers(const CommandLine& line);

/// gpsh --reader all SCRIPT: the script on every card at once (docs/many-readers.md). Returns the exit code
/// of the worst run.
[[nodiscard]] int run_on_all_readers(const CommandLine& line, DiagnosticSink& diagnostics);

}  // namespace gpsh::interpreter
