// SPDX-License-Identifier: Apache-2.0
#include "interpreter/main_script.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iostream>

#include "interpreter/execute.h"
#include "interpreter/file_reader.h"
#include "interpreter/main_card.h"
#include "interpreter/main_check.h"
#include "interpreter/main_record.h"
#include "interpreter/main_signals.h"
#include "interpreter/main_text.h"
#include "interpreter/main_trace.h"
#include "interpreter/parse.h"

namespace gpsh::interpreter {
namespace {

constexpr std::ptrdiff_t kMaxScriptLines = 100'000;

[[noreturn]] void unreadable(const std::string& name, const std::string& why,
                             const std::optional<std::string>& near = std::nullopt) {
  throw Error({.kind = ErrorKind::file,
               .code = "unreadable-script",
               .message = fmt::format("cannot read the script {}: {}", name, why),
               .advice = near
                             ? fmt::format("did you mean {}?", *near)
                             : "check the name; gpsh --help lists what gpsh can do besides running scripts"});
}

Source source(const std::string& name, TextReading reading) {
  if (reading.problem != 0) {
    unreadable(name, std::strerror(reading.problem),
               reading.problem == ENOENT ? similar_file(name) : std::nullopt);
  }
  if (reading.text.size() > kMaxScriptBytes)
    unreadable(name, fmt::format("it is over {} bytes", kMaxScriptBytes));
  if (std::ranges::count(reading.text, '\n') > kMaxScriptLines)
    unreadable(name, fmt::format("it has over {} lines", kMaxScriptLines));
  return {name, std::move(reading.text)};
}

}  // namespace

std::optional<std::string> environment_variable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (value == nullptr) return std::nullopt;
  return value;
}

std::vector<std::string> environment_names() {
  std::vector<std::string> names;
  for (auto* const* each = environ; each != nullptr && *each != nullptr; ++each) {
    const std::string_view variable(*each);
    names.emplace_back(variable.substr(0, variable.find('=')));
  }
  return names;
}

std::string reader_of(const CommandLine& line) {
  return line.reader.empty() ? environment_variable("GPSH_READER").value_or("") : line.reader;
}

KeysFile keys_of(const CommandLine& line) {
  return line.keys_file.empty() ? KeysFile() : KeysFile::read(line.keys_file);
}

SecretDisplay secret_display(const CommandLine& line) {
  return line.show_secrets ? SecretDisplay::shown : SecretDisplay::masked;
}

Source read_script(const std::string& name) {
  if (name == "-") return source("stdin", read_stdin(kMaxScriptBytes));
  std::error_code told_by_reading;
  if (std::filesystem::is_directory(name, told_by_reading)) unreadable(name, "it is a folder");
  return source(name, read_text(name, kMaxScriptBytes));
}

Source source_of(const CommandLine& line) {
  if (!line.texts.empty()) {
    std::string all;
    for (const auto& text : line.texts) all += text + "\n";
    return {"-c", std::move(all)};
  }
  return read_script(line.scripts.empty() ? "-" : line.scripts.front());
}

RunEnvironment environment_of(const CommandLine& line, const CardSource& card, CardAccess& access,
                              Output& output) {
  const auto format = line.format == "json" ? OutputFormat::json : OutputFormat::text;
  return {.access = access,
          .random = *card.random,
          .output = output,
          .wire = card.wire,
          .force = line.force ? gp::Force::yes : gp::Force::no,
          .ledger = card.ledger.get(),
          .secrets = secret_display(line),
          .trace = line.trace.empty() ? TraceStart::on_command : TraceStart::at_once,
          .trace_style = trace_style(line),
          .writer = &exchange_writer(format),
          .format = format,
          .progress = isatty(STDERR_FILENO) != 0 ? &std::cerr : nullptr,
          .reader = line.replay.empty() ? reader_of(line) : ""};
}

std::optional<BoundScript> script_to_run(const CommandLine& line, KeysFile& keys,
                                         DiagnosticSink& diagnostics) {
  auto script = check_as_asked(source_of(line), line, keys);
  if (line.no_check && !script.lines.empty()) return script;
  for (const auto& diagnostic : script.diagnostics) diagnostics.print(diagnostic, script.source);
  if (has_errors(script.diagnostics)) return std::nullopt;
  return script;
}

std::optional<BoundScript> script_to_run(const CommandLine& line, DiagnosticSink& diagnostics) {
  auto keys = keys_of(line);
  return script_to_run(line, keys, diagnostics);
}

int run_script(const CommandLine& line, DiagnosticSink& diagnostics) {
  auto script = script_to_run(line, diagnostics);
  if (!script) return 2;
  auto card = open_card_source(line);
  const auto recording =
      start_recording(line, {.script = script->source, .wire = card.wire, .access = *card.access});
  const auto& interrupted = catch_signals();
  Output output(std::cout);
  auto environment = environment_of(line, card, recording ? recording->access() : *card.access, output);
  environment.recorder = recording ? &recording->recorder() : nullptr;
  environment.interrupted = [&interrupted] { return interrupted.load(); };
  const auto code = execute(*std::move(script), environment, diagnostics);
  output.flush();
  if (const auto left = card.leftover()) diagnostics.print(*left);
  return code;
}

}  // namespace gpsh::interpreter
