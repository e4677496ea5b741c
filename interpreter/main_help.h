// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "interpreter/main_options.h"

namespace gpsh::interpreter {

/// gpsh help: prints what was asked for; 0. Throws Error (usage, "unknown-command").
[[nodiscard]] int run_help(const CommandLine& line);

}  // namespace gpsh::interpreter
