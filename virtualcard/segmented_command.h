// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <variant>

#include "virtualcard/card_session.h"

namespace gpsh::virtualcard {

/// It is DELETE, INSTALL or PUT KEY, and P1 says that further segments follow.
[[nodiscard]] bool more_segments_follow(const CommandApdu& command);

/// A command that is protected as a whole, itself or in its response, and cut into segments, as DELETE,
/// INSTALL and PUT KEY may be (GPCS 2.3.1 section 11.1.5.1): the whole one, still protected, when this is its
/// last segment; before that the answer 9000, without R-MAC; 6985 or 6A86 for a chain that cannot go on.
/// Every other command is given back as it is, also a segment with a C-MAC of its own, as older hosts send
/// them.
[[nodiscard]] std::variant<CommandApdu, ResponseApdu> join_segments(const CommandApdu& command, Card& card);

}  // namespace gpsh::virtualcard
