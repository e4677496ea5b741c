// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "interpreter/command_table.h"
#include "sessions/import_log.h"
#include "sessions/replay_access.h"
#include "sessions/replay_random.h"
#include "tests/interpreter/script_run.h"
#include "tests/support/test_data.h"

namespace gpsh::test {

/// What a script did that was replayed against a log of GPShell.
struct Replayed {
  ScriptRun run;
  std::vector<std::string> lines;
  std::optional<sessions::Leftover> leftover;
};

inline std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

/// As `gpsh --replay` does: GPShell's bytes, its challenges, nothing masked.
inline Replayed replay(const std::string& log_text, const std::string& script) {
  auto tape = std::make_shared<sessions::ReplayTape>("log", sessions::parse_log(log_text, "log").exchanges);
  sessions::ReplayAccess access(tape);
  sessions::ReplayRandom random(tape);
  std::ostringstream out;
  std::ostringstream err;
  interpreter::DiagnosticSink diagnostics(err, interpreter::Colour::off);
  interpreter::Output output(out);
  auto checked = interpreter::check(interpreter::Source("script.txt", script), no_environment,
                                    interpreter::Strictness::strict, interpreter::SecretDisplay::shown);
  for (const auto& diagnostic : checked.diagnostics) diagnostics.print(diagnostic, checked.source);
  interpreter::RunEnvironment environment{.access = access,
                                          .random = random,
                                          .output = output,
                                          .wire = gp::Wire::gpshell,
                                          .secrets = interpreter::SecretDisplay::shown};
  const auto code = interpreter::execute(std::move(checked), environment, diagnostics);
  return {.run = {.exit_code = code, .out = out.str(), .err = err.str()},
          .lines = lines_of(out.str()),
          .leftover = access.leftover()};
}

/// The lines of a log that are script lines.
inline std::string script_of(const std::string& log) {
  std::string script;
  for (const auto& line : lines_of(log)) {
    const auto word = line.substr(0, line.find_first_of(" \r"));
    if (interpreter::find_command(word) != nullptr) script += line + "\n";
  }
  return script;
}

/// A run of GPShell below golden/: its output and its script. Nothing where it is absent.
struct Golden {
  std::string log;
  std::string script;
};
inline std::optional<Golden> golden(const std::string& name) {
  const auto log = outside_file("golden/" + name + ".out");
  if (!log) return std::nullopt;
  const auto text = read_file(*log);
  const auto script = outside_file("golden/" + name + ".txt");
  return Golden{.log = text, .script = script ? read_file(*script) : script_of(text)};
}

}  // namespace gpsh::test
