// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "interpreter/diagnostic_sink.h"
#include "interpreter/main_options.h"
#include "interpreter/source.h"

namespace gpsh::interpreter {

/// A script file's text; "-" is stdin. Throws Error (file) when it cannot be read or is too large.
[[nodiscard]] Source read_script(const std::string& name);

/// gpsh SCRIPT. Returns the exit code.
[[nodiscard]] int run_script(const CommandLine& line, DiagnosticSink& diagnostics);
/// gpsh check SCRIPT... Returns the exit code.
[[nodiscard]] int check_scripts(const CommandLine& line, DiagnosticSink& diagnostics);

}  // namespace gpsh::interpreter
