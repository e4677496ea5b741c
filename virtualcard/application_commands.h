// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "virtualcard/card_session.h"

namespace gpsh::virtualcard {

/// A command to the selected application, which is no security domain. It answers as the profile's behaviour
/// of its module says, in a secure channel of its domain where it may open one; without a behaviour, and to
/// what no pattern fits, 6D00 and 6E00.
[[nodiscard]] ResponseApdu process_in_application(const CommandApdu& command, Card& card);

}  // namespace gpsh::virtualcard
