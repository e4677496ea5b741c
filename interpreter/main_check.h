// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "interpreter/check.h"
#include "interpreter/diagnostic_sink.h"
#include "interpreter/main_keys_file.h"
#include "interpreter/main_options.h"

namespace gpsh::interpreter {

/// The script checked as the command line asks, with its files.
[[nodiscard]] BoundScript check_as_asked(Source source, const CommandLine& line);
/// The same with the keys of --keys, which learn what is asked for: for who checks more than once.
[[nodiscard]] BoundScript check_as_asked(Source source, const CommandLine& line, KeysFile& keys);
/// The same for a text of a session that goes on, of which this is known.
[[nodiscard]] BoundScript check_entry(Source source, const CommandLine& line, const checks::Known& known);

/// gpsh check SCRIPT... Returns the exit code: 2 with errors, else 0.
[[nodiscard]] int check_scripts(const CommandLine& line, DiagnosticSink& diagnostics);

}  // namespace gpsh::interpreter
