// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "sessions/importers/direction_words.h"
#include "sessions/importers/formats.h"
#include "sessions/importers/hex_text.h"
#include "sessions/log_lines.h"

namespace gpsh::sessions {
namespace {

/// The number of "(Len=13)", "(13 bytes)", "len: 13"; nothing where the text is something else.
std::optional<std::size_t> length_in(std::string_view text) {
  const auto digit = text.find_first_of("0123456789");
  if (digit == std::string_view::npos || text.size() > 24) return std::nullopt;
  return leading_number(text.substr(digit));
}

}  // namespace

std::optional<LogEntry> hex_dump_entry(std::string_view line) {
  const auto said = direction_of(line);
  if (!said) return std::nullopt;
  const auto rest = trimmed(said->rest);
  LogEntry entry{.kind = said->kind, .continuation = Continuation::dump};
  if (rest.empty()) return entry;
  if (rest.front() == '(' || rest.front() == '[' || rest.starts_with("len") || rest.starts_with("Len")) {
    entry.bytes = length_in(rest);
    return entry.bytes ? std::optional(entry) : std::nullopt;
  }
  // Bytes and a column of text on the same line.
  const auto column = rest.find_first_of("|.");
  const auto dump = column == std::string_view::npos ? std::nullopt : dump_line(rest);
  if (!dump || !plausible_entry(said->kind, rest)) return std::nullopt;
  entry.digits = dump->digits;
  return entry;
}

}  // namespace gpsh::sessions
