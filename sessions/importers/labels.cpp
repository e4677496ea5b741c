// SPDX-License-Identifier: Apache-2.0
#include "sessions/importers/direction_words.h"
#include "sessions/importers/formats.h"
#include "sessions/importers/status_word.h"

namespace gpsh::sessions {

std::optional<LogEntry> labelled_entry(std::string_view line) {
  if (auto digits = labelled_status_word(line)) {
    return LogEntry{.kind = EntryKind::response, .digits = std::move(*digits)};
  }
  const auto said = direction_of(line);
  if (!said) return std::nullopt;
  return plausible_entry(said->kind, said->rest);
}

}  // namespace gpsh::sessions
