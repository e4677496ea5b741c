// SPDX-License-Identifier: Apache-2.0
#include "sessions/importers/formats.h"
#include "sessions/importers/hex_text.h"
#include "sessions/log_lines.h"

namespace gpsh::sessions {
namespace {

constexpr std::size_t kStatusWordBytes = 2;
constexpr std::size_t kHeaderBytes = 4;

/// What stands in front of the bytes.
struct Head {
  std::optional<std::size_t> first{};   ///< "(4+0008)": 4
  std::optional<std::size_t> second{};  ///< 8
  std::optional<std::chrono::microseconds> duration{};
  std::optional<TransmissionProtocol> protocol{};
};

void take_bracket(std::string_view inside, Head& head) {
  const auto plus = inside.find('+');
  if (plus != std::string_view::npos) {
    head.first = leading_number(inside.substr(0, plus));
    head.second = leading_number(inside.substr(plus + 1));
  } else if (inside.ends_with("ms")) {
    if (const auto count = leading_number(inside)) head.duration = std::chrono::milliseconds(*count);
  }
}

/// Takes "T=1 (4+0008)" or "(0028+2) (45ms)" off the text.
Head take_head(std::string_view& text) {
  Head head;
  for (text = trimmed(text); !text.empty(); text = trimmed(text)) {
    if (text.starts_with("T=")) {
      if (text.starts_with("T=0")) head.protocol = TransmissionProtocol::t0;
      if (text.starts_with("T=1")) head.protocol = TransmissionProtocol::t1;
      text.remove_prefix(std::min(text.find(' '), text.size()));
    } else if (const auto end = text.find(')'); text.front() == '(' && end != std::string_view::npos) {
      take_bracket(text.substr(1, end - 1), head);
      text.remove_prefix(end + 1);
    } else {
      break;
    }
  }
  return head;
}

/// "(4+0008)" is header and data, without Lc and Le; "(0028+2)" data and status word.
std::optional<std::size_t> bytes_said(EntryKind kind, const Head& head) {
  if (!head.first || !head.second) return std::nullopt;
  if (kind == EntryKind::response) return *head.first + kStatusWordBytes;
  return *head.second == 0 ? kHeaderBytes : kHeaderBytes + 1 + *head.second;
}

}  // namespace

std::optional<LogEntry> gp_jar_entry(std::string_view line) {
  while (line.starts_with("# ")) line.remove_prefix(2);
  const bool command = line.starts_with("A>>");
  if (!command && !line.starts_with("A<<")) return std::nullopt;
  const auto kind = command ? EntryKind::wire_command : EntryKind::response;
  auto text = line.substr(3);
  const auto head = take_head(text);
  auto digits = leading_hex(text);
  const bool readable = !digits.empty();
  return LogEntry{.kind = kind,
                  .digits = std::move(digits),
                  .readable = readable,
                  .bytes = bytes_said(kind, head),
                  .duration = head.duration,
                  .protocol = head.protocol};
}

}  // namespace gpsh::sessions
