// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "interpreter/diagnostic_sink.h"
#include "interpreter/main_options.h"

namespace gpsh::interpreter {

/// gpsh info: prints what a card tells without authentication, as text or JSON. 0, also where the card
/// refuses some of it; 1 when it refuses all. Throws Error of the reader and of the command line.
[[nodiscard]] int run_info(const CommandLine& line, DiagnosticSink& diagnostics);

}  // namespace gpsh::interpreter
