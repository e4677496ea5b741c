// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "virtualcard/card_session.h"

namespace gpsh::virtualcard {

/// STORE DATA (GPCS 2.3.1 section 11.11) to the Issuer Security Domain, which keeps the data field of the
/// last one without looking into it.
[[nodiscard]] ResponseApdu store_data(const CommandApdu& command, Card& card);

}  // namespace gpsh::virtualcard
