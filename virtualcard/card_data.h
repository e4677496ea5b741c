// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "virtualcard/card_session.h"

namespace gpsh::virtualcard {

/// GET DATA (GPCS 2.3.1 section 11.3): with the class byte of a GlobalPlatform command the whole object, with
/// that of an ISO command its value only. Card recognition data, key information and sequence counter come
/// from the card's state, unless the profile gives the object or refuses it; all else comes from the profile.
[[nodiscard]] ResponseApdu get_data(const CommandApdu& command, Card& card);

/// GET DATA with the odd instruction CB, that of an ISO command for the contents of files: it gives the list
/// of applications 2F00, the only file there is (GPCS 2.3.1 section 11.3.2).
[[nodiscard]] ResponseApdu get_data_of_file(const CommandApdu& command, Card& card);

}  // namespace gpsh::virtualcard
