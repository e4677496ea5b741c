// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "virtualcard/card_session.h"

namespace gpsh::virtualcard {

/// SET STATUS (GPCS 2.3.1 sections 5, 9.6 and 11.10) of the card (P1 = 80), an application or security domain
/// (40), or a security domain with all that belongs to it (60). 6A86 for another P1, 6A80 for a state that
/// there is not or data that is no AID, 6A88 for an AID that is not there, 6985 for a transition that the
/// state or the privileges forbid, also to the state there is.
[[nodiscard]] ResponseApdu set_status(const CommandApdu& command, Card& card);

}  // namespace gpsh::virtualcard
