// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "sessions/importers/formats.h"
#include "sessions/importers/hex_text.h"
#include "sessions/log_lines.h"

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

/// The words of hex at the start: people add remarks behind the bytes. Dots say that something was left out.
std::string_view without_remark(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find_first_of(" \t", at), text.size());
    if (!is_hex_line(text.substr(at, end - at)))
      return at == 0 || text[at] == '.' ? text : trimmed(text.substr(0, at));
    at = std::min(text.find_first_not_of(" \t", end), text.size());
  }
  return text;
}

LogEntry entry_of(EntryKind kind, std::string_view text) {
  text = without_remark(text);
  LogEntry entry{.kind = kind, .continuation = Continuation::digits};
  entry.readable = text.empty() || is_blank_separated_hex(text);
  if (!entry.readable) return entry;
  entry.digits.reserve(text.size());
  std::ranges::copy_if(text, std::back_inserter(entry.digits), is_hex_digit);
  return entry;
}

/// Where a label with its arrow starts behind other text.
constexpr std::array<std::string_view, 6> kInnerLabels = {" Command -",          " Wrapped command -",
                                                          " Chained command -",  " Response <",
                                                          " Chained response <", " Unwrapped response <"};

}  // namespace

std::size_t next_gpshell_label(std::string_view line) {
  // Blank by blank, so that a line of many entries is gone through once.
  for (auto at = line.find(' '); at != std::string_view::npos; at = line.find(' ', at + 1)) {
    const auto rest = line.substr(at);
    if (std::ranges::any_of(kInnerLabels, [rest](auto label) { return rest.starts_with(label); })) return at;
  }
  return line.size();
}

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
