// SPDX-License-Identifier: Apache-2.0
#include "sessions/recording.h"

#include <algorithm>

#include "sessions/recording_json.h"
#include "sessions/recording_line.h"

namespace gpsh::sessions {
namespace {

/// One line of the file: its text without line end, and whether that was there.
struct Line {
  std::string_view text;
  std::size_t number = 0;
  bool whole = false;
};

Error located(std::string_view file, const Line& line, const Error& error) {
  auto facts = error.facts();
  facts.message = std::string(file) + ":" + std::to_string(line.number) + ": " + facts.message;
  if (facts.advice.empty()) {
    facts.advice = "take the recording from where it was kept, or record the session again";
  }
  return Error(std::move(facts));
}

/// The reason is told by what stands there: no JSON, wrong fields, or a change that only the check value
/// shows.
Error broken(const Line& line) {
  try {
    static_cast<void>(line.number == 1 ? static_cast<void>(header_of(line.text))
                                       : static_cast<void>(event_of(line.text)));
  } catch (const Error& error) {
    return error;
  }
  return Error({.kind = ErrorKind::file,
                .code = "bad-recording",
                .message = "its check value does not fit: this line was changed, or lines before it were "
                           "removed, added or moved"});
}

/// Hex digits of the wire command as far as they stand in an exchange that was cut.
std::optional<RecordedExchange> begun_exchange(std::string_view text) {
  constexpr std::string_view kWire = "\"wire\":\"";
  if (!text.starts_with(R"({"event":"exchange")")) return std::nullopt;
  const auto start = text.find(kWire);
  if (start == std::string_view::npos) return std::nullopt;
  const auto rest = text.substr(start + kWire.size());
  const auto end = rest.find('"');
  if (end == std::string_view::npos) return std::nullopt;
  auto wire = from_hex(rest.substr(0, end));
  if (!wire || wire->empty()) return std::nullopt;
  return RecordedExchange{
      .apdus = {.plain_command = {}, .wire_command = std::move(*wire), .wire_response = {}}};
}

class RecordingReader {
 public:
  explicit RecordingReader(std::string_view file) : file_(file) {}

  Recording read(std::string_view text) && {
    std::size_t number = 0;
    while (!text.empty()) {
      const auto end = std::min(text.find('\n'), text.size());
      take({.text = text.substr(0, end), .number = ++number, .whole = end < text.size()});
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    recording_.complete = !recording_.events.empty() &&
                          std::holds_alternative<RecordedEnd>(recording_.events.back().what) && !cut_;
    return std::move(recording_);
  }

 private:
  void take(const Line& line) {
    try {
      if (line.whole) return whole_line(line);
    } catch (const Error& error) {
      throw located(file_, line, error);
    }
    cut_ = true;
    if (auto exchange = begun_exchange(line.text)) {
      exchange->apdus.line = line.number;
      recording_.events.push_back({.line = line.number, .what = std::move(*exchange)});
    }
  }

  void whole_line(const Line& line) {
    const auto object = seal_.open(line.text);
    if (!object) throw broken(line);
    if (line.number == 1) {
      recording_.header = header_of(*object);
      return;
    }
    RecordedEvent event{.line = line.number, .what = event_of(*object)};
    if (auto* exchange = std::get_if<RecordedExchange>(&event.what)) exchange->apdus.line = line.number;
    recording_.events.push_back(std::move(event));
  }

  std::string_view file_;
  LineSeal seal_;
  Recording recording_;
  bool cut_ = false;
};

}  // namespace

Error RecordedFailure::error() const {
  auto again = facts;
  again.code = code;
  return Error(std::move(again));
}

std::vector<LoggedExchange> Recording::exchanges() const {
  std::vector<LoggedExchange> all;
  for (const auto& event : events) {
    if (const auto* exchange = std::get_if<RecordedExchange>(&event.what)) all.push_back(exchange->apdus);
  }
  return all;
}

bool is_recording(std::string_view text) {
  return text.starts_with(kRecordingStart);
}

Recording parse_recording(std::string_view text, std::string_view file) {
  const bool header = text.find('\n') != std::string_view::npos;
  if (!header && (text.empty() || is_recording(text))) {
    throw Error({.kind = ErrorKind::file,
                 .code = "empty-recording",
                 .message = std::string(file) + " is empty: the run was ended before it reached a card",
                 .advice = "record the session again"});
  }
  if (!header) throw located(file, {.text = text, .number = 1}, broken({.text = text, .number = 1}));
  return RecordingReader(file).read(text);
}

}  // namespace gpsh::sessions
