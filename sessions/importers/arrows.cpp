// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "sessions/importers/formats.h"

namespace gpsh::sessions {

std::optional<LogEntry> arrow_entry(std::string_view line) {
  constexpr std::string_view kArrow = "<>-=";
  const auto end = std::min(line.find_first_not_of(kArrow), line.size());
  const auto arrow = line.substr(0, end);
  const bool command = arrow.find('>') != std::string_view::npos;
  const bool response = arrow.find('<') != std::string_view::npos;
  if (command == response) return std::nullopt;
  return plausible_entry(command ? EntryKind::wire_command : EntryKind::response, line.substr(end));
}

}  // namespace gpsh::sessions
