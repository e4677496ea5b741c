// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "virtualcard/card_session.h"

namespace gpsh::virtualcard {

/// GET STATUS (GPCS 2.3.1 section 11.4). The tag list 5C is honoured, other search criteria are ignored.
/// "Next" without "first", or with another query than it, answers 6985; "next" for the Issuer Security Domain
/// alone 6A86.
[[nodiscard]] ResponseApdu get_status(const CommandApdu& command, Card& card);

}  // namespace gpsh::virtualcard
