// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "virtualcard/card_session.h"

namespace gpsh::virtualcard {

/// Data groups for a security domain (GPCS 2.3.1 sections 11.11.2.3 and 11.11.4): 0070 holds data objects;
/// 00B9 describes keys, whose components follow at once in 8113 (DES, AES), 0010, 0011, 8112, 8121 to 8125
/// (RSA). All or nothing; nothing when they are stored. 6A80 for what is malformed or not described, 6A88 for
/// another group, 6982 for a wrong check value.
[[nodiscard]] std::optional<StatusWord> store_groups(ByteView data, SecurityDomain& domain, Card& card);

}  // namespace gpsh::virtualcard
