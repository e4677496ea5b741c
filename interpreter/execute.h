// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "interpreter/check.h"
#include "interpreter/diagnostic_sink.h"
#include "interpreter/session_state.h"

namespace gpsh::interpreter {

/// Runs a script line by line; stops at the first line that fails unless that line may fail. What the lines
/// print goes to the environment's output, what goes wrong also to `diagnostics`. At the end the card is
/// disconnected. Returns the exit code: that of the failure that stopped it, else GPShell's last result
/// (reference section 1.6).
[[nodiscard]] int execute(const BoundScript& script, RunEnvironment& environment,
                          DiagnosticSink& diagnostics);

}  // namespace gpsh::interpreter
