// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "virtualcard/card_session.h"

namespace gpsh::virtualcard {

inline constexpr std::uint8_t kGlobalPlatformBit = 0x80;

/// What runs a command once its protection is off.
using CommandHandler = std::function<ResponseApdu(const CommandApdu&)>;

/// The commands of the secure channel itself run here, every other by `run`, without protection on the way in
/// and with it on the way out. 6982 for a command below the session's security level.
[[nodiscard]] ResponseApdu process_in_secure_channel(const CommandApdu& command, Card& card,
                                                     const CommandHandler& run);

/// A command to the selected security domain: takes the protection off, runs it, protects the answer (GPCS
/// 2.3.1 section 11). 6982 for a command below the session's security level, 6D00 and 6E00 for one that a
/// domain does not know, 6985 for one that the card's life cycle state forbids.
[[nodiscard]] ResponseApdu process_in_domain(const CommandApdu& command, Card& card);

}  // namespace gpsh::virtualcard
