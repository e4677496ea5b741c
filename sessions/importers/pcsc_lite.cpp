// SPDX-License-Identifier: Apache-2.0
#include "sessions/importers/formats.h"
#include "sessions/importers/hex_text.h"
#include "sessions/log_lines.h"

namespace gpsh::sessions {
namespace {

/// "-> 000001 6F 0D 00 ...": what the driver moves on the bus, the APDU inside it.
bool is_driver_frame(std::string_view line) {
  if (!line.starts_with("-> ") && !line.starts_with("<- ")) return false;
  constexpr std::size_t kCounterDigits = 6;
  line = line.substr(3);
  return line.size() > kCounterDigits + 2 && is_hex_line(line.substr(0, kCounterDigits)) &&
         line[kCounterDigits] == ' ' && is_hex_line(line.substr(kCounterDigits + 1, 2)) &&
         (line.size() == kCounterDigits + 3 || line[kCounterDigits + 3] == ' ');
}

}  // namespace

std::optional<LogEntry> pcsc_lite_entry(std::string_view line) {
  constexpr std::string_view kCommand = "APDU: ";
  constexpr std::string_view kResponse = "SW: ";
  if (is_driver_frame(line)) return LogEntry{.kind = EntryKind::aside};
  if (line.starts_with(kCommand)) {
    return plausible_entry(EntryKind::wire_command, line.substr(kCommand.size()));
  }
  if (line.starts_with(kResponse)) return plausible_entry(EntryKind::response, line.substr(kResponse.size()));
  return std::nullopt;
}

}  // namespace gpsh::sessions
