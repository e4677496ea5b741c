// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "interpreter/check.h"
#include "interpreter/diagnostic_sink.h"
#include "interpreter/echo.h"
#include "interpreter/main_card.h"
#include "interpreter/main_keys_file.h"
#include "interpreter/main_options.h"
#include "interpreter/session_state.h"
#include "interpreter/source.h"

namespace gpsh::interpreter {

/// --reader, else GPSH_READER; empty without either.
[[nodiscard]] std::string reader_of(const CommandLine& line);

/// Of --keys; none without it. Throws what KeysFile::read() throws.
[[nodiscard]] KeysFile keys_of(const CommandLine& line);

/// For scripts: the value of an environment variable, if it is set.
[[nodiscard]] std::optional<std::string> environment_variable(const std::string& name);
/// Of all that are set.
[[nodiscard]] std::vector<std::string> environment_names();
/// Whether messages and echo show secrets.
[[nodiscard]] SecretDisplay secret_display(const CommandLine& line);

/// A script file's text; "-" is stdin. Throws Error (file) when it cannot be read or is too large.
[[nodiscard]] Source read_script(const std::string& name);

/// The text of a run: that of -c, else the script file's, else stdin's.
[[nodiscard]] Source source_of(const CommandLine& line);
/// What every run is given. `output` and the rest outlive it.
[[nodiscard]] RunEnvironment environment_of(const CommandLine& line, const CardSource& card,
                                            CardAccess& access, Output& output);

/// The checked script of a run, its messages printed. Nothing: they hold errors, and it must not run.
[[nodiscard]] std::optional<BoundScript> script_to_run(const CommandLine& line, DiagnosticSink& diagnostics);
/// The same with the keys of --keys, as check_as_asked().
[[nodiscard]] std::optional<BoundScript> script_to_run(const CommandLine& line, KeysFile& keys,
                                                       DiagnosticSink& diagnostics);

/// gpsh SCRIPT. Returns the exit code.
[[nodiscard]] int run_script(const CommandLine& line, DiagnosticSink& diagnostics);

}  // namespace gpsh::interpreter
