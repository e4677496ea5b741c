// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "virtualcard/content_permission.h"

namespace gpsh::virtualcard {

/// A token and what it covers (GPCS 2.3.1 section C.4).
struct TokenClaim {
  ByteView token;  ///< empty: none was given
  Bytes covered;   ///< P1, P2, length and data field without the token
};

/// P1, P2, the length of `data` in 1 or 3 bytes, and `data`.
[[nodiscard]] Bytes covered_by_token(const CommandApdu& command, ByteView data);

/// With Delegated Management a right token must be there: 6985 without, 6982 for a wrong one or when no
/// domain can verify it. With Authorized Management none may be there: 6A80 (GPCS 2.3.1 section 9.2.3).
[[nodiscard]] Refusal check_token(const Card& card, const TokenClaim& claim);

}  // namespace gpsh::virtualcard
