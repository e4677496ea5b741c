// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <sstream>

#include "interpreter/gpshell_messages.h"
#include "interpreter/json_values.h"
#include "interpreter/run_printer.h"

namespace gpsh::interpreter {
namespace {

std::string_view status_word(CommandStatus status) {
  switch (status) {
    case CommandStatus::ok: return "ok";
    case CommandStatus::passed_over: return "passed_over";
    case CommandStatus::failed: break;
  }
  return "failed";
}

/// GPShell's code of the failure, as its line has it; some lines have none.
std::optional<std::string> code_in(std::string_view gpshell_line) {
  constexpr std::size_t kCodeLength = 10;
  const auto at = gpshell_line.find(" 0x");
  if (at == std::string_view::npos) return std::nullopt;
  return std::string(gpshell_line.substr(at + 1, kCodeLength));
}

Json error_json(const Error& error, std::string_view label) {
  const auto& facts = error.facts();
  Json json{{"code", facts.code}, {"message", facts.message}, {"advice", facts.advice}};
  if (facts.exchange && facts.exchange->sw) json["sw"] = facts.exchange->sw->text();
  if (const auto code = code_in(gpshell_error_line(label, error))) json["gpshell_code"] = *code;
  return json;
}

/// Why a line is no command.
Json unreadable_json(const std::vector<Diagnostic>& diagnostics) {
  const auto error = std::ranges::find(diagnostics, Severity::error, &Diagnostic::severity);
  const auto& why = error != diagnostics.end() ? *error : diagnostics.front();
  return {{"code", why.code}, {"message", why.text}, {"advice", why.advice}};
}

/// Lines of text; those of --trace json are objects already.
Json trace_json(const std::string& lines) {
  Json json = Json::array();
  std::istringstream in(lines);
  for (std::string line; std::getline(in, line);)
    json.push_back(line.starts_with('{') ? Json::parse(line) : Json(line));
  return json;
}

class JsonPrinter final : public RunPrinter {
 public:
  JsonPrinter(Output& output, std::string reader) : output_(output), reader_(std::move(reader)) {}

  void started(const CommandStart&) override { lines_.str({}); }

  void ended(const CommandEnd& end) override {
    const auto& name = end.line.info != nullptr ? std::string(end.line.info->name) : end.line.name;
    Json json = Json::object();
    if (!reader_.empty()) json["reader"] = reader_;
    json["line"] = end.number;
    json["command"] = name;
    json["status"] = status_word(end.status);
    if (end.error != nullptr) {
      json["error"] = error_json(*end.error, end.line.info->failure_label);
    } else if (!end.line.command && !end.line.diagnostics.empty()) {
      json["error"] = unreadable_json(end.line.diagnostics);
    }
    json["apdus"] = end.cost.apdus;
    json["bytes_sent"] = end.cost.sent;
    json["bytes_received"] = end.cost.received;
    if (end.spent) json["milliseconds"] = end.spent->count();
    json["result"] = result_json(end.result);
    if (const auto lines = lines_.str(); !lines.empty()) json["trace"] = trace_json(lines);
    // A script may hold bytes that are no UTF-8; they become the replacement character.
    output_.line(json.dump(-1, ' ', false, Json::error_handler_t::replace));
    output_.flush();
  }

  Output& trace() override { return trace_; }

 private:
  Output& output_;
  std::string reader_;
  std::ostringstream lines_;  ///< of the command that runs
  Output trace_{lines_};
};

}  // namespace

std::unique_ptr<RunPrinter> make_json_printer(Output& output, std::string reader) {
  return std::make_unique<JsonPrinter>(output, std::move(reader));
}

}  // namespace gpsh::interpreter
