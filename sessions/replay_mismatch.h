// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "core/error.h"
#include "sessions/logged_exchange.h"

namespace gpsh::sessions {

/// What an Error may show of a command: its name and bytes; of one that carries keys or a PIN, and
/// of what is no command APDU, the header only.
[[nodiscard]] Exchange exchange_for_message(ByteView apdu);

/// The Error (card, "replay-mismatch") for a script that sends another command than the log's next. The
/// message names the first field that differs (CLA, INS, P1, P2, Lc, data, Le), then has one line in words
/// for each side.
[[nodiscard]] Error replay_mismatch(ByteView script, const LoggedExchange& log, std::string_view file);

}  // namespace gpsh::sessions
