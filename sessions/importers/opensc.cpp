// SPDX-License-Identifier: Apache-2.0
#include "sessions/importers/formats.h"
#include "sessions/importers/hex_text.h"

namespace gpsh::sessions {
namespace {

/// The two digits of "0x90" after `name` in "(SW1=0x90, SW2=0x00)".
std::string byte_after(std::string_view line, std::string_view name) {
  const auto at = line.find(name);
  if (at == std::string_view::npos) return {};
  auto digits = line.substr(at + name.size()).substr(0, 2);
  return is_hex_line(digits) && digits.size() == 2 ? std::string(digits) : std::string();
}

std::optional<LogEntry> received(std::string_view line) {
  LogEntry entry{.kind = EntryKind::response, .continuation = Continuation::dump};
  entry.status_word = byte_after(line, "SW1=0x") + byte_after(line, "SW2=0x");
  if (entry.status_word.size() != 4) return std::nullopt;
  // Without a colon no data follows.
  if (!line.ends_with(':')) entry.bytes = 0;
  return entry;
}

/// "Outgoing APDU (13 bytes):", the dump below.
std::optional<LogEntry> counted(EntryKind kind, std::string_view line) {
  const auto bracket = line.find('(');
  if (bracket == std::string_view::npos) return std::nullopt;
  const auto bytes = leading_number(line.substr(bracket + 1));
  if (!bytes) return std::nullopt;
  return LogEntry{.kind = kind, .continuation = Continuation::dump, .bytes = bytes};
}

}  // namespace

std::optional<LogEntry> opensc_entry(std::string_view line) {
  constexpr std::string_view kSending = "Sending:";
  if (line.starts_with(kSending)) {
    return plausible_entry(EntryKind::wire_command, line.substr(kSending.size()));
  }
  if (line.starts_with("Received (SW1=")) return received(line);
  if (line.starts_with("Outgoing APDU")) return counted(EntryKind::wire_command, line);
  if (line.starts_with("Incoming APDU")) return counted(EntryKind::response, line);
  return std::nullopt;
}

}  // namespace gpsh::sessions
