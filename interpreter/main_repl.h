// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "interpreter/diagnostic_sink.h"
#include "interpreter/main_options.h"

namespace gpsh::interpreter {

/// gpsh at a terminal, and gpsh -i: a script first if one is given, else a connection if a card or reader is
/// named, then line after line. Returns 0 however its lines ended. Throws Error (usage) without a terminal.
[[nodiscard]] int run_repl(const CommandLine& line, DiagnosticSink& diagnostics);

}  // namespace gpsh::interpreter
