// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "sessions/importers/formats.h"
#include "sessions/importers/hex_text.h"

namespace gpsh::sessions {
namespace {

struct Label {
  std::string_view text;
  EntryKind kind;
  char arrow_head;
};

constexpr std::array kLabels = {
    Label{"command", EntryKind::plain_command, '>'},
    Label{"wrapped command", EntryKind::wire_command, '>'},
    Label{"chained command", EntryKind::chained_command, '>'},
    Label{"response", EntryKind::response, '<'},
    Label{"chained response", EntryKind::response, '<'},
    Label{"unwrapped response", EntryKind::unwrapped_response, '<'},
};

bool same_letter(char a, char b) {
  return (a | 0x20) == b || a == b;
}

/// What follows an arrow of one or two dashes; web pages also set a blank into it, or lose its head.
std::optional<std::string_view> after_arrow(std::string_view text, char head) {
  const auto end = text.find_first_not_of(" \t-<>");
  const auto arrow = text.substr(0, end);
  if (arrow.find(head) == std::string_view::npos || arrow.find('-') == std::string_view::npos) {
    return std::nullopt;
  }
  return end == std::string_view::npos ? std::string_view() : text.substr(end);
}

LogEntry entry_of(EntryKind kind, std::string_view text) {
  LogEntry entry{.kind = kind, .continuation = Continuation::digits};
  entry.readable = text.empty() || is_blank_separated_hex(text);
  if (!entry.readable) return entry;
  entry.digits.reserve(text.size());
  std::ranges::copy_if(text, std::back_inserter(entry.digits), is_hex_digit);
  return entry;
}

}  // namespace

std::optional<LogEntry> gpshell_entry(std::string_view line) {
  for (const auto& label : kLabels) {
    const auto head = line.substr(0, label.text.size());
    if (!std::ranges::equal(head, label.text, same_letter)) continue;
    if (const auto text = after_arrow(line.substr(head.size()), label.arrow_head)) {
      return entry_of(label.kind, *text);
    }
  }
  return std::nullopt;
}

}  // namespace gpsh::sessions
