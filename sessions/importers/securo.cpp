// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "sessions/importers/formats.h"
#include "sessions/importers/hex_text.h"

namespace gpsh::sessions {
namespace {

struct Label {
  std::string_view text;  ///< without blanks
  EntryKind kind;
};

constexpr std::array kLabels = {
    Label{"TX-Plain", EntryKind::plain_command},
    Label{"TX-Wrap", EntryKind::wire_command},
    Label{"RX-Wrap", EntryKind::response},
    Label{"RX-Plain", EntryKind::unwrapped_response},
};

/// What follows the label, whose blanks do not matter.
std::optional<std::string_view> after_label(std::string_view line, std::string_view label) {
  for (const char wanted : label) {
    while (!line.empty() && line.front() == ' ') line.remove_prefix(1);
    if (line.empty() || line.front() != wanted) return std::nullopt;
    line.remove_prefix(1);
  }
  return line;
}

}  // namespace

std::optional<LogEntry> securo_entry(std::string_view line) {
  for (const auto& label : kLabels) {
    const auto rest = after_label(line, label.text);
    if (!rest) continue;
    const auto end = std::min(rest->find_first_not_of(" \t-<>"), rest->size());
    if (rest->substr(0, end).find_first_of("<>") == std::string_view::npos) return std::nullopt;
    auto digits = leading_hex(rest->substr(end));
    const bool readable = !digits.empty();
    return LogEntry{.kind = label.kind, .digits = std::move(digits), .readable = readable};
  }
  return std::nullopt;
}

}  // namespace gpsh::sessions
