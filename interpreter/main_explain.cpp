// SPDX-License-Identifier: Apache-2.0
#include "interpreter/main_explain.h"

#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/error.h"
#include "interpreter/main_log_note.h"
#include "interpreter/main_text.h"
#include "sessions/explain_text.h"

namespace gpsh::interpreter {
namespace {

constexpr std::string_view kStdin = "-";
constexpr std::size_t kMaxStdin = std::size_t{64} << 20;

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

std::string stdin_text() {
  auto reading = read_stdin(kMaxStdin);
  if (reading.text.size() <= kMaxStdin) return std::move(reading.text);
  throw Error({.kind = ErrorKind::file,
               .code = "unreadable-log",
               .message = "stdin has more than 64 MiB",
               .advice = "keep the log in a file: gpsh explain FILE reads one of any size"});
}

sessions::ImportSummary explain(const ExplainCommand& command, std::istream& from_stdin,
                                sessions::ExplainSink& sink) {
  const sessions::VerifyRequest request{
      .given = given_candidates(command.keys),
      .derivations = derivations_of(command.keys),
      .teaching = command.teach ? sessions::Teaching::on : sessions::Teaching::off};
  if (command.log != kStdin) return sessions::explain_log(command.log, request, sink);
  return sessions::explain_log(from_stdin, request, sink);
}

}  // namespace

int run_explain(const ExplainCommand& command, DiagnosticSink& diagnostics) {
  const bool from_stdin = command.log == kStdin;
  const auto name = from_stdin ? std::string(kStdin) : std::filesystem::path(command.log).filename().string();
  // What cannot be read is told before anything is printed. A log is read twice, and a pipe cannot go back.
  if (!from_stdin) static_cast<void>(sessions::open_log(command.log));
  std::istringstream in(from_stdin ? stdin_text() : std::string());
  sessions::ImportSummary summary;
  if (command.format == "json") {
    JsonPrinter json(name);
    summary = explain(command, in, json);
    json.end();
  } else {
    TextPrinter text(name);
    summary = explain(command, in, text);
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
