// SPDX-License-Identifier: Apache-2.0
#include "sessions/recording_reader.h"

#include <array>

#include "sessions/recording_json.h"

namespace gpsh::sessions {
namespace {

Error located(const std::string& file, std::size_t line, const Error& error) {
  auto facts = error.facts();
  facts.message = file + ":" + std::to_string(line) + ": " + facts.message;
  if (facts.advice.empty()) {
    facts.advice = "take the recording from where it was kept, or record the session again";
  }
  return Error(std::move(facts));
}

/// The reason is told by what stands there: no JSON, wrong fields, or a change that only the check value
/// shows.
Error broken(std::string_view text, std::size_t line) {
  try {
    static_cast<void>(line == 1 ? static_cast<void>(header_of(text)) : static_cast<void>(event_of(text)));
  } catch (const Error& error) {
    return error;
  }
  return Error({.kind = ErrorKind::file,
                .code = "bad-recording",
                .message = "its check value does not fit: this line was changed, or lines before it were "
                           "removed, added or moved"});
}

Error after_the_end() {
  return Error({.kind = ErrorKind::file,
                .code = "bad-recording",
                .message = "something stands behind the end of the recorded run"});
}

Error too_long() {
  return Error({.kind = ErrorKind::file,
                .code = "bad-recording",
                .message = "the line has more than 4 MiB",
                .advice = "is it a recording?"});
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

[[noreturn]] void empty_recording(const std::string& file) {
  throw Error({.kind = ErrorKind::file,
               .code = "empty-recording",
               .message = file + " is empty: the run was ended before it reached a card",
               .advice = "record the session again"});
}

}  // namespace

std::optional<RecordedEvent> RecordingReader::line(std::string_view text, LineEnd end) {
  ++number_;
  const bool begun = number_ == 1 && end == LineEnd::missing;
  if (begun && (text.empty() || is_recording(text))) empty_recording(file_);
  try {
    if (ended_) throw after_the_end();
    if (end == LineEnd::there || number_ == 1) return whole_line(text);
  } catch (const Error& error) {
    throw located(file_, number_, error);
  }
  cut_ = true;
  auto exchange = begun_exchange(text);
  if (!exchange) return std::nullopt;
  exchange->apdus.line = number_;
  return RecordedEvent{.line = number_, .what = std::move(*exchange)};
}

std::optional<RecordingReader::Line> RecordingReader::next(std::istream& in) const {
  std::array<char, 4096> part{};
  Line line;
  for (;;) {
    in.getline(part.data(), part.size());
    const auto count = static_cast<std::size_t>(in.gcount());
    const bool full = in.fail() && count == part.size() - 1;
    if (!full && count == 0) return line.text.empty() ? std::nullopt : std::optional(std::move(line));
    if (in.eof()) line.end = LineEnd::missing;
    // The line end is counted, but is not there.
    line.text.append(part.data(), full || in.eof() ? count : count - 1);
    if (line.text.size() > kLongest) throw located(file_, number_ + 1, too_long());
    if (!full) return line;
    in.clear();
  }
}

std::optional<RecordedEvent> RecordingReader::whole_line(std::string_view text) {
  const auto object = seal_.open(text);
  if (!object) throw broken(text, number_);
  if (number_ == 1) {
    header_ = header_of(*object);
    return std::nullopt;
  }
  RecordedEvent event{.line = number_, .what = event_of(*object)};
  ended_ = std::holds_alternative<RecordedEnd>(event.what);
  if (auto* exchange = std::get_if<RecordedExchange>(&event.what)) exchange->apdus.line = number_;
  return event;
}

}  // namespace gpsh::sessions
