// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <string_view>
#include <vector>

#include "sessions/logged_exchange.h"

namespace gpsh::sessions {

/// What a GPShell log (1.4.x to 3.0.0, trace on) tells of the wire.
struct GpshellLog {
  std::vector<LoggedExchange> exchanges;  ///< at least one
  std::size_t not_understood = 0;         ///< trace entries and hex lines that belong to no exchange
};

/// Takes the exchanges out of the text of a log; `file` names it in messages.
/// The wire form is `Wrapped command`, or each `Chained command` that follows it. A `Command` answered
/// without either was sent as it stands. A wire command without an answer is kept, with an empty response.
/// Any bytes will do as input. Throws Error (file): "cut-hex" with the line of an odd number of digits,
/// "empty-log" when there is no exchange at all.
[[nodiscard]] GpshellLog parse_gpshell_log(std::string_view text, std::string_view file);

/// Reads the file and parses it; messages call it by its base name. Throws Error (file, "unreadable-log")
/// too.
[[nodiscard]] GpshellLog load_gpshell_log(const std::filesystem::path& path);

}  // namespace gpsh::sessions
