// SPDX-License-Identifier: Apache-2.0
#include "interpreter/main_import.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "core/error.h"
#include "interpreter/main_log_note.h"
#include "interpreter/remark_observer.h"
#include "sessions/recording_from_log.h"

namespace gpsh::interpreter {
namespace {

using nlohmann::ordered_json;

std::string in_words(const ImportCommand& command, const sessions::ImportSummary& summary) {
  const auto tool = summary.tool.empty() ? "" : fmt::format(" ({})", summary.tool);
  return fmt::format("{}: {} {} of {}{}\n", command.recording, summary.exchanges,
                     summary.exchanges == 1 ? "exchange" : "exchanges",
                     std::filesystem::path(command.log).filename().string(), tool);
}

std::string in_json(const ImportCommand& command, const sessions::ImportSummary& summary) {
  const ordered_json object = {{"log", command.log},
                               {"recording", command.recording},
                               {"tool", summary.tool.empty() ? ordered_json() : ordered_json(summary.tool)},
                               {"exchanges", summary.exchanges},
                               {"not_understood", summary.not_understood},
                               {"cut_line", summary.cut ? ordered_json(summary.cut->line) : ordered_json()}};
  return object.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

sessions::ImportSummary import_as_asked(const ImportCommand& command, DiagnosticSink& diagnostics) {
  RemarkObserver observer(diagnostics);
  try {
    return sessions::recording_from_log(
        {.log = command.log, .recording = command.recording, .gpsh = GPSH_VERSION}, observer);
  } catch (const Error& error) {
    if (error.code() != "recording-failed") throw;
    auto facts = error.facts();
    facts.advice = "give -o a place that can be written";
    throw Error(std::move(facts));
  }
}

}  // namespace

void add_import_options(CLI::App& app, ImportCommand& command) {
  app.add_option("LOG", command.log, "a log of GPShell or another tool")->required();
  app.add_option("-o", command.recording, "write this new file, a recording")->type_name("FILE")->required();
  app.add_option("--format", command.format, "text or json")->check(CLI::IsMember({"text", "json"}));
}

int run_import(const ImportCommand& command, DiagnosticSink& diagnostics) {
  const auto summary = import_as_asked(command, diagnostics);
  std::cout << (command.format == "json" ? in_json(command, summary) : in_words(command, summary));
  std::cout.flush();
  if (const auto note = log_note(std::filesystem::path(command.log).filename().string(), summary)) {
    diagnostics.print(*note);
  }
  return 0;
}

}  // namespace gpsh::interpreter
