// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "virtualcard/card_session.h"

namespace gpsh::virtualcard {

/// LOAD (GPCS 2.3.1 sections 9.3.5 and 11.6); answers 00. 6985 without INSTALL [for load] before, 6A86 for a
/// block out of order, 6A84 for more than the memory holds. The last block brings the checks of the whole:
/// 6A80 for a load file or CAP that cannot be read, has another AID or imports what is not there, 6985 for a
/// wrong hash, an AID in use or a DAP that is missing, 6982 for a wrong DAP. Any refusal ends the load.
[[nodiscard]] ResponseApdu load(const CommandApdu& command, Card& card);

}  // namespace gpsh::virtualcard
