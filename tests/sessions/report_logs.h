// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "gp/diversification.h"
#include "sessions/recording_json.h"
#include "sessions/recording_line.h"
#include "sessions/session_report.h"

namespace gpsh::test {

/// The text of a recording with these events.
inline std::string recording_of(const std::vector<sessions::RecordedHappening>& events,
                                const sessions::RecordingHeader& header = {
                                    .gpsh = "0.1.0",
                                    .script = "list.txt",
                                    .script_sha256 = std::string(64, 'a'),
                                    .card = ConnectionInfo{.reader = "Reader 00", .atr = hex("3B00")}}) {
  sessions::LineSeal seal;
  auto text = seal.seal(sessions::header_text(header)) + "\n";
  for (const auto& event : events) text += seal.seal(sessions::event_text(event)) + "\n";
  return text;
}

inline sessions::RecordedExchange recorded(std::string_view wire, std::string_view response, int us = 100) {
  return {.apdus = {.plain_command = hex(wire), .wire_command = hex(wire), .wire_response = hex(response)},
          .duration = std::chrono::microseconds(us)};
}

inline sessions::SessionReport report_of(const std::string& text) {
  std::istringstream in(text);
  return sessions::read_session(in, {.derivations = gp::known_diversifications()}, "a.log");
}

}  // namespace gpsh::test
