// SPDX-License-Identifier: Apache-2.0
#include "interpreter/main_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>

#include "interpreter/check_files.h"
#include "interpreter/main_ask_keys.h"
#include "interpreter/main_script.h"
#include "interpreter/near_variables.h"
#include "interpreter/render_json.h"
#include "interpreter/render_sarif.h"

namespace gpsh::interpreter {
namespace {

std::string counted(std::size_t number, std::string_view what) {
  return number == 1 ? fmt::format("1 {}", what) : fmt::format("{} {}s", number, what);
}

std::string summary(const BoundScript& script) {
  const auto errors = count(script.diagnostics, Severity::error);
  const auto warnings = count(script.diagnostics, Severity::warning);
  return fmt::format("{}: {}, {}{}\n", script.source.name(), counted(script.lines.size(), "command"),
                     errors == 0 ? "no errors" : counted(errors, "error"),
                     warnings == 0 ? "" : ", " + counted(warnings, "warning"));
}

Environment variables(const CommandLine& line, KeysFile& keys) {
  return line.ask_keys ? asking(keys, environment_variable) : keys.before(environment_variable);
}

void finish_messages(BoundScript& script, const CommandLine& line, const KeysFile& keys) {
  name_near_variables(script.diagnostics, {keys.names(), environment_names()});
  if (!line.show_secrets) keys.mask(script.diagnostics);
}

}  // namespace

BoundScript check_as_asked(Source source, const CommandLine& line) {
  auto keys = keys_of(line);
  return check_as_asked(std::move(source), line, keys);
}

BoundScript check_as_asked(Source source, const CommandLine& line, KeysFile& keys) {
  const auto strictness = line.lenient ? Strictness::lenient : Strictness::strict;
  const auto environment = variables(line, keys);
  auto script =
      check_files(check(std::move(source), environment, strictness, secret_display(line)), read_file);
  finish_messages(script, line, keys);
  return script;
}

BoundScript check_entry(Source source, const CommandLine& line, const checks::Known& known) {
  auto keys = keys_of(line);
  const auto environment = variables(line, keys);
  const CheckRequest request{.environment = environment,
                             .strictness = line.lenient ? Strictness::lenient : Strictness::strict,
                             .display = secret_display(line),
                             .end = TextEnd::of_entry,
                             .known = known};
  auto script = check_files(check(std::move(source), request), read_file, known);
  finish_messages(script, line, keys);
  return script;
}

int check_scripts(const CommandLine& line, DiagnosticSink& diagnostics) {
  std::vector<BoundScript> scripts;
  for (const auto& name : line.scripts) {
    const auto& script = scripts.emplace_back(check_as_asked(read_script(name), line));
    if (line.format != "text") continue;
    for (const auto& diagnostic : script.diagnostics) diagnostics.print(diagnostic, script.source);
    std::cout << summary(script);
  }
  if (line.format == "json") std::cout << render_json(scripts);
  if (line.format == "sarif") std::cout << render_sarif(scripts, GPSH_VERSION);
  const bool errors =
      std::ranges::any_of(scripts, [](const auto& script) { return has_errors(script.diagnostics); });
  return errors ? 2 : 0;
}

}  // namespace gpsh::interpreter
