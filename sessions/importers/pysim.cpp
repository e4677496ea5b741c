// SPDX-License-Identifier: Apache-2.0
#include "sessions/importers/formats.h"
#include "sessions/importers/hex_text.h"
#include "sessions/log_lines.h"

namespace gpsh::sessions {

/// Its commands are like those of other arrows; only its responses are its own.
std::optional<LogEntry> pysim_entry(std::string_view line) {
  if (!line.starts_with("<-")) return std::nullopt;
  line = trimmed(line.substr(2));
  constexpr std::size_t kStatusWordDigits = 4;
  const auto status_word = line.substr(0, kStatusWordDigits);
  if (status_word.size() != kStatusWordDigits || !is_hex_line(status_word)) return std::nullopt;
  line.remove_prefix(kStatusWordDigits);
  if (!line.starts_with(':')) return std::nullopt;
  return LogEntry{.kind = EntryKind::response,
                  .digits = leading_hex(line.substr(1)),
                  .status_word = std::string(status_word)};
}

}  // namespace gpsh::sessions
