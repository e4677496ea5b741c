// SPDX-License-Identifier: Apache-2.0
#include "sessions/recording_from_log.h"

#include <utility>

#include "core/error.h"
#include "sessions/public_key_watch.h"
#include "sessions/recorded_log.h"
#include "sessions/recording_file.h"
#include "sessions/recording_json.h"
#include "sessions/recording_line.h"
#include "sessions/recording_writer.h"

namespace gpsh::sessions {
namespace {

constexpr std::string_view kGpshell = "GPShell";

class NoSink final : public ImportSink {
 public:
  void exchange(LoggedExchange) override {}
};

RecordedFailure no_answer(const LoggedExchange& exchange) {
  RecordedFailure failure{.code = "replay-no-answer", .facts = {}};
  failure.facts.kind = ErrorKind::reader;
  failure.facts.message =
      "the imported log has no answer to the command in its line " + std::to_string(exchange.line);
  failure.facts.advice = "the card or reader failed there, or the log was cut";
  return failure;
}

class RecordingSink final : public ImportSink {
 public:
  RecordingSink(RecordingFile& file, Observer& observer) : file_(file), watch_(observer) {}

  void header(const RecordingHeader& header) { write(header_text(header)); }

  void exchange(LoggedExchange exchange) override {
    watch_.sending(exchange.wire_command);
    watch_.answered(exchange.wire_response);
    auto recorded = recorded_plain(exchange.plain_command, exchange.wire_command);
    recorded.duration = exchange.duration.value_or(std::chrono::microseconds(0));
    if (exchange.wire_response.empty()) recorded.failure = no_answer(exchange);
    const bool unwrapped =
        !exchange.plain_response.empty() && !equal(exchange.plain_response, exchange.wire_response);
    const RecordedUnwrapped plain{.response = std::move(exchange.plain_response)};
    recorded.apdus.wire_command = std::move(exchange.wire_command);
    recorded.apdus.wire_response = std::move(exchange.wire_response);
    write(event_text(std::move(recorded)));
    if (unwrapped) write(event_text(plain));
  }

 private:
  void write(std::string_view object) { file_.append(seal_.seal(object) + "\n"); }

  RecordingFile& file_;
  LineSeal seal_;
  PublicKeyWatch watch_;
};

/// What the log holds, found out before the file is made.
ImportSummary looked_through(const std::filesystem::path& log) {
  auto in = open_log(log);
  if (begins_recording(in)) {
    throw Error({.kind = ErrorKind::file,
                 .code = "already-recording",
                 .message = log.filename().string() + " is a recording already",
                 .advice = "use it as it is: gpsh verify, gpsh doctor and gpsh --replay read it"});
  }
  NoSink nothing;
  const auto summary = import_log(log, nothing);
  if (summary.exchanges == 0) empty_log(log.filename().string());
  return summary;
}

}  // namespace

ImportSummary recording_from_log(const LogConversion& conversion, Observer& observer) {
  const auto summary = looked_through(conversion.log);
  RecordingFile file(conversion.recording);
  RecordingSink sink(file, observer);
  const auto wire = summary.tool == kGpshell ? gp::Wire::gpshell : gp::Wire::gpsh;
  sink.header({.gpsh = conversion.gpsh,
               .options = {.wire = wire},
               .imported_from = std::string(summary.tool.empty() ? "unknown" : summary.tool)});
  import_log(conversion.log, sink);
  return summary;
}

}  // namespace gpsh::sessions
