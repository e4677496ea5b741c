// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.h"
#include "tests/support/test_data.h"

namespace gpsh::test {

/// A command as it went over the wire, and its answer; empty when the log has none.
struct RecordedExchange {
  Bytes command;
  Bytes response;
};

/// A line of a log that has bytes of the wire.
struct WireLine {
  enum class Kind { plain_command, command, response };
  Kind kind;
  Bytes bytes;
};

/// How a tool marks such a line.
struct WireMark {
  std::string_view mark;
  WireLine::Kind kind;
};

/// The hex digits of `text` without the blanks between them, up to the first thing that is neither.
inline std::optional<Bytes> wire_bytes(std::string_view text) {
  std::string digits;
  for (const char letter : text) {
    if (letter == ' ' || letter == ',') continue;
    if (std::string_view("0123456789ABCDEFabcdef").find(letter) == std::string_view::npos) break;
    digits.push_back(letter);
  }
  return from_hex(digits);
}

/// Logs of GPShell, GlobalPlatformPro ("A>> T=1 (4+0010) HEX"), securo-gp and JCardManager.
inline std::optional<WireLine> read_wire_line(const std::string& line) {
  using Kind = WireLine::Kind;
  if (line.starts_with("A>> ") || line.starts_with("A<< ")) {
    const auto bytes = wire_bytes(std::string_view(line).substr(line.rfind(')') + 1));
    if (!bytes) return std::nullopt;
    return WireLine{.kind = line.starts_with("A>> ") ? Kind::command : Kind::response, .bytes = *bytes};
  }
  if (line.starts_with("Unwrapped response")) return std::nullopt;
  constexpr auto kMarks = std::to_array<WireMark>({{"Wrapped command --> ", Kind::command},
                                                   {"Command --> ", Kind::plain_command},
                                                   {"Command-- > ", Kind::plain_command},
                                                   {"TX - Wrap-> ", Kind::command},
                                                   {"TX-Wrap  -> ", Kind::command},
                                                   {"Response <-- ", Kind::response},
                                                   {"RX - Wrap < -", Kind::response},
                                                   {"RX-Wrap  <- ", Kind::response},
                                                   {"->  ", Kind::command},
                                                   {"<-  ", Kind::response}});
  for (const auto& [mark, kind] : kMarks) {
    const auto at = line.find(mark);
    if (at == std::string::npos) continue;
    const auto bytes = wire_bytes(std::string_view(line).substr(at + mark.size()));
    if (!bytes) return std::nullopt;
    return WireLine{.kind = kind, .bytes = *bytes};
  }
  return std::nullopt;
}

/// What went over the wire: a plain command counts only where no wrapped one follows.
inline std::vector<RecordedExchange> read_exchanges(const std::filesystem::path& path) {
  std::vector<RecordedExchange> found;
  std::istringstream in(read_file(path));
  bool plain_waits = false;
  for (std::string text; std::getline(in, text);) {
    const auto line = read_wire_line(text);
    if (!line) continue;
    if (line->kind == WireLine::Kind::response) {
      if (!found.empty()) found.back().response = line->bytes;
      continue;
    }
    if (line->kind == WireLine::Kind::command && plain_waits) found.pop_back();
    found.push_back({.command = line->bytes, .response = {}});
    plain_waits = line->kind == WireLine::Kind::plain_command;
  }
  return found;
}

}  // namespace gpsh::test
