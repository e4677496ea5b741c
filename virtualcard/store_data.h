// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "virtualcard/card_session.h"

namespace gpsh::virtualcard {

/// STORE DATA (GPCS 2.3.1 section 11.11), for the application that INSTALL [for personalization] named, else
/// for the selected domain. Takes effect with the last block, all or nothing. A domain takes data objects and
/// keys (store_objects, store_groups); data of no stated format that are no data objects are kept as they
/// are, as an application keeps its own. 6A86 for a wrong P1 or a block out of order, 6A84 for too much;
/// every refusal ends the sequence.
[[nodiscard]] ResponseApdu store_data(const CommandApdu& command, Card& card);

}  // namespace gpsh::virtualcard
