// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/bytes.h"

namespace gpsh::pcsc {

/// The bytes SCardTransmit takes on T=0 for a command APDU (ISO/IEC 7816-3, 12.2): case 1 stays four bytes,
/// for PC/SC's driver adds P3; case 4 loses its Le, for P3 is Lc and the answer is fetched with GET RESPONSE.
/// An APDU in the extended form whose lengths fit the short one becomes short. Throws Error (usage):
/// extended-on-t0 where they do not fit, bad-apdu for what is no APDU.
[[nodiscard]] Bytes t0_command(ByteView apdu);

}  // namespace gpsh::pcsc
