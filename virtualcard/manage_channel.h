// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "virtualcard/card_session.h"

namespace gpsh::virtualcard {

/// MANAGE CHANNEL (GPCS 2.3.1 sections 6.4.2.2 and 11.7), processed by OPEN. Opens the next or the given
/// supplementary logical channel and answers its number, or closes one: 6200 when it is closed already. 6881
/// on a card with the basic channel only, 6A81 when all are open, and for opening on a locked card.
[[nodiscard]] ResponseApdu manage_channel(const CommandApdu& command, Card& card);

}  // namespace gpsh::virtualcard
