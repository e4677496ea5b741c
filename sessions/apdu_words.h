// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/apdu.h"
#include "core/secret_commands.h"

namespace gpsh::sessions {

/// The command in these bytes; nothing when they are no command APDU.
[[nodiscard]] std::optional<CommandApdu> command_in(ByteView apdu);

/// CLA, INS, P1 and P2, or the fewer bytes there are: all that may be shown of what is no command APDU, as a
/// key or PIN may stand anywhere behind them.
[[nodiscard]] ByteView header_of(ByteView apdu);

/// The name of the command as the specifications write it, with what its parameters choose:
/// "INSTALL [for load]", "GET DATA 0066 (card data)", "GET STATUS (applications)". An instruction nobody
/// defined is "instruction 40". GPCS 2.3.1 section 11; Open Platform 2.0.1 section 9.
[[nodiscard]] std::string command_name(const CommandApdu& command);

/// Whether the class says secure messaging (GPCS 2.3.1 section 11.1.4); SIM cards' classes A0 and C0 are not
/// among them.
[[nodiscard]] bool has_secure_messaging(std::uint8_t cla);

/// One line for a command APDU: name, header, length and data (cut after 32 bytes), Le. What is no command
/// APDU is said to be none, with its header and length.
[[nodiscard]] std::string apdu_in_words(ByteView apdu);

}  // namespace gpsh::sessions
