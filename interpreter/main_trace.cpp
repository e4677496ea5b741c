// SPDX-License-Identifier: Apache-2.0
#include "interpreter/main_trace.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "sessions/apdu_words.h"
#include "sessions/explain.h"
#include "sessions/explain_text.h"
#include "sessions/trace_text.h"

namespace gpsh::interpreter {
namespace {

constexpr std::uint8_t kStoreData = 0xE2;
constexpr std::size_t kStatusWordBytes = 2;

std::optional<ResponseApdu> response_in(const std::optional<Bytes>& bytes) {
  if (!bytes || bytes->size() < kStatusWordBytes) return std::nullopt;
  return ResponseApdu::parse(*bytes);
}

/// Whether secure messaging added at most a MAC of 8 or 16 bytes to this data.
bool in_clear(const CommandApdu& plain, const CommandApdu& wire) {
  const auto bytes = plain.data.size();
  if (wire.data.size() < bytes) return false;
  const auto added = wire.data.size() - bytes;
  return (added == 0 || added == 8 || added == 16) && equal(plain.data, ByteView(wire.data).first(bytes));
}

/// STORE DATA that the channel encrypts is nobody else's to read.
sessions::ValueDisplay display_of(const CommandApdu& plain, ByteView wire_bytes) {
  if (plain.ins != kStoreData) return sessions::ValueDisplay::shown;
  const auto wire = sessions::command_in(wire_bytes);
  return wire && in_clear(plain, *wire) ? sessions::ValueDisplay::shown : sessions::ValueDisplay::lengths;
}

sessions::ExplainedExchange explained(const TracedExchange& traced) {
  const auto answer = response_in(traced.answer ? traced.answer : traced.received);
  const auto plain = sessions::command_in(traced.plain);
  sessions::ExplainedExchange exchange;
  if (plain) {
    exchange = sessions::explain_exchange(*plain, answer, display_of(*plain, traced.wire));
  } else {
    exchange.name = "no command APDU";
    exchange.sw = answer ? std::optional(answer->sw) : std::nullopt;
    exchange.meaning = answer ? explain(answer->sw, 0).meaning : "no answer";
  }
  if (traced.received && !traced.answer) {
    exchange.channel.emplace_back("the answer was not accepted: its secure messaging is wrong");
    exchange.response.clear();
  }
  if (traced.apdus > 1) exchange.name += ", " + std::to_string(traced.apdus) + " APDUs";
  exchange.line = traced.line;
  exchange.duration = traced.duration;
  return exchange;
}

bool is_terminal() {
  return isatty(STDOUT_FILENO) != 0;
}

std::size_t terminal_width() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return sessions::TraceLayout().width;
  return size.ws_col;
}

sessions::TraceLayout layout_of(OutputFormat format) {
  if (format == OutputFormat::json || !is_terminal()) return {};
  const char* no_colour = std::getenv("NO_COLOR");
  const bool coloured = no_colour == nullptr || *no_colour == '\0';
  return {.width = terminal_width(),
          .colour = coloured ? sessions::TraceColour::on : sessions::TraceColour::off};
}

class Words final : public ExchangeWriter {
 public:
  explicit Words(OutputFormat format) : format_(format) {}

  [[nodiscard]] std::string write(const TracedExchange& traced, TraceStyle style) const override {
    const auto exchange = explained(traced);
    return style == TraceStyle::json ? sessions::explain_json(exchange) + "\n"
                                     : sessions::trace_text(exchange, layout_of(format_));
  }

 private:
  OutputFormat format_;
};

}  // namespace

TraceStyle trace_style(const CommandLine& line) {
  if (line.trace == "explain") return TraceStyle::explain;
  return line.trace == "json" ? TraceStyle::json : TraceStyle::gpshell;
}

const ExchangeWriter& exchange_writer(OutputFormat format) {
  static const Words text(OutputFormat::text);
  static const Words json(OutputFormat::json);
  return format == OutputFormat::json ? json : text;
}

}  // namespace gpsh::interpreter
