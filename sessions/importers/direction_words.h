// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "sessions/importers/log_entry.h"

namespace gpsh::sessions {

/// A line that begins with a word for one of the two directions.
struct Direction {
  EntryKind kind = EntryKind::wire_command;
  std::string_view rest{};  ///< behind the word and its colon or arrow
};

/// "Send:", "[RESP]:", "C-APDU:", "smCom :DEBUG:Tx>", "APDU Rx:" and the like, in either case.
[[nodiscard]] std::optional<Direction> direction_of(std::string_view line);

}  // namespace gpsh::sessions
