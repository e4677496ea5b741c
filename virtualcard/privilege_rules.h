// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "virtualcard/content_permission.h"

namespace gpsh::virtualcard {

/// The privileges field of INSTALL, 1 or 3 bytes; one byte is completed as GPCS 2.3.1 Table 6-2 says. Nothing
/// when it has another length, privileges that cannot go together or without Security Domain (Table 6-1 and
/// section 6.6.2), or Ciphered Load File Data Block, which this card does not have.
[[nodiscard]] std::optional<Privileges> read_privileges_field(ByteView field);

/// Card Reset and Final Application are held once, and pass on only from the Issuer Security Domain (GPCS
/// 2.3.1 section 6.6.2). 6985 when `wanted` has one that another application than `holder` holds.
[[nodiscard]] Refusal may_hold(const CardState& card, Privileges wanted, const Aid& holder);

/// Gives the registry's Card Reset and Final Application to whom they are due: from the Issuer Security
/// Domain to an application that has them, and back when none has.
void settle_unique_privileges(CardState& card);

}  // namespace gpsh::virtualcard
