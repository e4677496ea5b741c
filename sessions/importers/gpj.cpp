// SPDX-License-Identifier: Apache-2.0
#include "sessions/importers/formats.h"
#include "sessions/log_lines.h"

namespace gpsh::sessions {
namespace {

/// What follows "Command APDU:" or "Response APDU:", with any number of blanks.
std::optional<std::string_view> after(std::string_view line, std::string_view word) {
  if (!line.starts_with(word)) return std::nullopt;
  line = trimmed(line.substr(word.size()));
  constexpr std::string_view kApdu = "APDU:";
  if (!line.starts_with(kApdu)) return std::nullopt;
  return line.substr(kApdu.size());
}

}  // namespace

std::optional<LogEntry> gpj_entry(std::string_view line) {
  constexpr std::string_view kLevel = "DEBUG:";
  if (line.starts_with(kLevel)) line = trimmed(line.substr(kLevel.size()));
  if (const auto command = after(line, "Command")) return plausible_entry(EntryKind::wire_command, *command);
  if (const auto response = after(line, "Response")) return plausible_entry(EntryKind::response, *response);
  return std::nullopt;
}

}  // namespace gpsh::sessions
