// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "virtualcard/card_session.h"

namespace gpsh::virtualcard {

/// INSTALL (GPCS 2.3.1 section 11.5) in all its roles; answers 00. A refused one changes nothing: 6A86 for a
/// role that P1 and P2 do not name, 6A80 for data that is not as the tables have it, 6A84 without enough
/// memory, 6A88 for what is not on the card, 6985 for what the rules of sections 6.6.2 and 9.3 to 9.4 forbid.
[[nodiscard]] ResponseApdu install(const CommandApdu& command, Card& card);

/// The roles one by one.
[[nodiscard]] ResponseApdu install_for_load(const CommandApdu& command, Card& card);
[[nodiscard]] ResponseApdu install_for_install(const CommandApdu& command, Card& card);
[[nodiscard]] ResponseApdu install_for_make_selectable(const CommandApdu& command, Card& card);
[[nodiscard]] ResponseApdu install_for_extradition(const CommandApdu& command, Card& card);
[[nodiscard]] ResponseApdu install_for_registry_update(const CommandApdu& command, Card& card);
[[nodiscard]] ResponseApdu install_for_personalization(const CommandApdu& command, Card& card);

}  // namespace gpsh::virtualcard
