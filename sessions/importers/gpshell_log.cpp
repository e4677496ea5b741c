// SPDX-License-Identifier: Apache-2.0
#include "sessions/importers/gpshell_log.h"

#include <optional>
#include <string>
#include <utility>

#include "core/error.h"
#include "sessions/importers/gpshell_lines.h"
#include "sessions/log_text.h"

namespace gpsh::sessions {
namespace {

/// Puts the entries of a trace together to exchanges.
class ExchangeBuilder {
 public:
  explicit ExchangeBuilder(std::size_t not_understood)
      : log_{.exchanges = {}, .not_understood = not_understood} {}

  void add(TraceLine entry) {
    switch (entry.label) {
      case TraceLabel::command: return plain_command(std::move(entry));
      case TraceLabel::wrapped_command: return wrapped_command(std::move(entry));
      case TraceLabel::chained_command: return chained_command(std::move(entry));
      case TraceLabel::response:
      case TraceLabel::chained_response: return response(std::move(entry));
      case TraceLabel::unwrapped_response: awaited_ = Awaited::nothing; return;
    }
  }

  GpshellLog finish() && {
    drop_unsent();
    return std::move(log_);
  }

 private:
  enum class Awaited { nothing, answer, answer_or_chain };

  void plain_command(TraceLine entry) {
    drop_unsent();
    awaited_ = Awaited::nothing;
    if (!entry.bytes.empty()) unsent_ = std::move(entry);
  }

  void wrapped_command(TraceLine entry) { send(std::move(entry), Awaited::answer_or_chain); }

  void chained_command(TraceLine entry) {
    if (awaited_ != Awaited::answer_or_chain) return send(std::move(entry), Awaited::answer);
    auto& whole = log_.exchanges.back();
    if (entry.bytes.empty()) {
      log_.exchanges.pop_back();
      awaited_ = Awaited::nothing;
      return;
    }
    whole.wire_command = std::move(entry.bytes);
    whole.line = entry.line;
    awaited_ = Awaited::answer;
  }

  void response(TraceLine entry) {
    if (unsent_ && awaited_ == Awaited::nothing) {
      auto sent_plain = *unsent_;
      send(std::move(sent_plain), Awaited::answer);
    }
    if (awaited_ == Awaited::nothing) {
      if (!entry.bytes.empty()) ++log_.not_understood;
      return;
    }
    log_.exchanges.back().wire_response = std::move(entry.bytes);
    awaited_ = Awaited::nothing;
  }

  void send(TraceLine wire, Awaited awaited) {
    auto plain = std::exchange(unsent_, std::nullopt);
    awaited_ = wire.bytes.empty() ? Awaited::nothing : awaited;
    if (wire.bytes.empty()) return;
    log_.exchanges.push_back({.plain_command = plain ? std::move(plain->bytes) : Bytes(),
                              .wire_command = std::move(wire.bytes),
                              .wire_response = {},
                              .line = wire.line});
  }

  void drop_unsent() {
    if (unsent_) ++log_.not_understood;
    unsent_.reset();
  }

  GpshellLog log_;
  std::optional<TraceLine> unsent_;  // a plain command whose wire form was not seen so far
  Awaited awaited_ = Awaited::nothing;
};

[[noreturn]] void empty_log(std::string_view file) {
  throw Error({.kind = ErrorKind::file,
               .code = "empty-log",
               .message = std::string(file) +
                          " has no command with its wire form: neither \"Wrapped command -->\" nor "
                          "\"Chained command -->\" followed by hex",
               .advice = "record the session in GPShell with enable_trace"});
}

}  // namespace

GpshellLog parse_gpshell_log(std::string_view text, std::string_view file) {
  auto trace = read_trace_lines(text, file);
  ExchangeBuilder builder(trace.not_understood);
  for (auto& entry : trace.lines) builder.add(std::move(entry));
  auto log = std::move(builder).finish();
  if (log.exchanges.empty()) empty_log(file);
  return log;
}

GpshellLog load_gpshell_log(const std::filesystem::path& path) {
  return parse_gpshell_log(read_log_text(path), path.filename().string());
}

}  // namespace gpsh::sessions
