// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "virtualcard/card_session.h"

namespace gpsh::virtualcard {

/// PUT KEY (GPCS 2.3.1 section 11.8) for the selected security domain, one or several keys; the first key set
/// makes a supplementary domain PERSONALIZED. Answers the version and the check values, or what
/// read_key_fields and change_keys refuse.
[[nodiscard]] ResponseApdu put_key(const CommandApdu& command, Card& card);

/// The data field of DELETE begins with a key identifier or version (GPCS 2.3.1 Table 11-24).
[[nodiscard]] bool is_delete_key(const CommandApdu& command);
/// DELETE [key] (GPCS 2.3.1 section 11.2): answers 00. 6A86 for P1 or P2 other than 00, 6A80 for data that
/// are not D0 and D2 of one byte, and what remove_keys refuses.
[[nodiscard]] ResponseApdu delete_key(const CommandApdu& command, Card& card);

}  // namespace gpsh::virtualcard
