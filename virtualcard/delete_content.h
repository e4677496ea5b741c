// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "virtualcard/card_session.h"

namespace gpsh::virtualcard {

/// DELETE [card content] (GPCS 2.3.1 sections 9.5 and 11.2): an application or a load file, with P2 = 80 a
/// load file and all applications made of it; answers 00. 6A80 for data that begins with no AID, 6A88 for one
/// that is not there, 6985 for what is selected or still needed: a domain that something belongs to, a load
/// file that an application or another load file is made with, the Issuer Security Domain. All or nothing.
[[nodiscard]] ResponseApdu delete_content(const CommandApdu& command, Card& card);

}  // namespace gpsh::virtualcard
