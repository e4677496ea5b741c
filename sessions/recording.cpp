// SPDX-License-Identifier: Apache-2.0
#include "sessions/recording.h"

#include <algorithm>

#include "sessions/recording_reader.h"

namespace gpsh::sessions {
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
  RecordingReader reader{std::string(file)};
  if (text.empty()) static_cast<void>(reader.line(text, RecordingReader::LineEnd::missing));
  Recording recording;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    auto event = reader.line(text.substr(0, end), end < text.size() ? RecordingReader::LineEnd::there
                                                                    : RecordingReader::LineEnd::missing);
    if (event) recording.events.push_back(std::move(*event));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  recording.header = reader.header();
  recording.complete = !recording.events.empty() &&
                       std::holds_alternative<RecordedEnd>(recording.events.back().what) && !reader.cut();
  return recording;
}

}  // namespace gpsh::sessions
