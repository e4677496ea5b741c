// SPDX-License-Identifier: Apache-2.0
#include "sessions/importers/formats.h"
#include "sessions/importers/hex_text.h"
#include "sessions/log_lines.h"

namespace gpsh::sessions {
namespace {

/// "(8301 usec)" or "(131 msec)", between command and response.
std::optional<LogEntry> duration_entry(std::string_view line) {
  if (!line.starts_with('(') || !line.ends_with("sec)")) return std::nullopt;
  const auto count = leading_number(line.substr(1));
  if (!count) return std::nullopt;
  const bool milliseconds = line.ends_with("msec)");
  return LogEntry{.kind = EntryKind::aside,
                  .duration = std::chrono::microseconds(milliseconds ? *count * 1000 : *count)};
}

}  // namespace

std::optional<LogEntry> jcshell_entry(std::string_view line) {
  if (line.starts_with('(')) return duration_entry(line);
  const bool command = line.starts_with("=>");
  if (!command && !line.starts_with("<=")) return std::nullopt;
  const auto dump = dump_line(trimmed(line.substr(2)));
  if (!dump) return std::nullopt;
  return LogEntry{.kind = command ? EntryKind::wire_command : EntryKind::response,
                  .digits = dump->digits,
                  .continuation = Continuation::dump};
}

}  // namespace gpsh::sessions
