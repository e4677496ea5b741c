// SPDX-License-Identifier: Apache-2.0
#include "interpreter/main_explain.h"

#include <filesystem>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>

#include "interpreter/main_log_note.h"
#include "sessions/explain_text.h"

namespace gpsh::interpreter {
namespace {

constexpr std::string_view kStdin = "-";

/// Prints what comes, so that nothing of a long log is kept.
class TextPrinter final : public sessions::ExplainSink {
 public:
  explicit TextPrinter(std::string file) : file_(std::move(file)) {}

  void exchange(const sessions::ExplainedExchange& exchange) override {
    std::cout << sessions::explain_text(exchange, file_);
  }
  void remark(const sessions::ExplainedRemark& remark) override {
    std::cout << sessions::explain_text(remark, file_);
  }

 private:
  std::string file_;
};

/// {FILE: [{...}...]}, a line each.
class JsonPrinter final : public sessions::ExplainSink {
 public:
  explicit JsonPrinter(const std::string& file) {
    const nlohmann::json name = file;
    std::cout << "{" << name.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << ": [";
  }
  void exchange(const sessions::ExplainedExchange& exchange) override {
    print(sessions::explain_json(exchange));
  }
  void remark(const sessions::ExplainedRemark& remark) override { print(sessions::explain_json(remark)); }
  void end() { std::cout << (count_ == 0 ? "]}\n" : "\n]}\n"); }

 private:
  void print(const std::string& object) { std::cout << (count_++ == 0 ? "\n  " : ",\n  ") << object; }

  std::size_t count_ = 0;
};

sessions::ImportSummary explain(const ExplainCommand& command, sessions::ExplainSink& sink) {
  const sessions::VerifyRequest request{
      .given = given_candidates(command.keys),
      .derivations = derivations_of(command.keys),
      .teaching = command.teach ? sessions::Teaching::on : sessions::Teaching::off};
  if (command.log != kStdin) return sessions::explain_log(command.log, request, sink);
  // It is read twice, and a pipe cannot go back.
  std::stringstream all;
  all << std::cin.rdbuf();
  all.clear();
  return sessions::explain_log(all, request, sink);
}

}  // namespace

int run_explain(const ExplainCommand& command, DiagnosticSink& diagnostics) {
  const bool from_stdin = command.log == kStdin;
  const auto name = from_stdin ? std::string(kStdin) : std::filesystem::path(command.log).filename().string();
  // A file that is not there is told before anything is printed.
  if (!from_stdin) static_cast<void>(sessions::open_log(command.log));
  sessions::ImportSummary summary;
  if (command.format == "json") {
    JsonPrinter json(name);
    summary = explain(command, json);
    json.end();
  } else {
    TextPrinter text(name);
    summary = explain(command, text);
  }
  std::cout.flush();
  if (const auto note = log_note(name, summary)) diagnostics.print(*note);
  if (summary.exchanges > 0) return 0;
  diagnostics.print({.severity = Severity::warning,
                     .code = "no-exchange",
                     .text = name + " shows no command as it went to the card",
                     .advice = std::string(sessions::kLogsThatAreRead)});
  return 1;
}

}  // namespace gpsh::interpreter
