// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "virtualcard/card_session.h"

namespace gpsh::virtualcard {

/// The command that OPEN itself processes: SELECT with P1 = 04 (GPCS 2.3.1 section 11.9.1).
[[nodiscard]] bool is_select_by_name(const CommandApdu& command);

/// SELECT [by name] (GPCS 2.3.1 sections 6.4.2.1.2 and 11.9): without data the Issuer Security Domain, else
/// the first or (P2 = 02) the next application whose AID begins with the data. Bits 4 and 3 of P2 say what is
/// to be returned (ISO/IEC 7816-4, 11.2.2): nothing with 0C, else the FCI, as a Java Card does. Success ends
/// the application session there was; a failure leaves it as it is, unless the application it is of was
/// locked meanwhile. A locked card selects its final application with 6283, anything else is 6A81.
[[nodiscard]] ResponseApdu select_by_name(const CommandApdu& command, Card& card);

}  // namespace gpsh::virtualcard
