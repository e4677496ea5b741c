// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "core/aid.h"
#include "core/apdu.h"
#include "gp/card_session.h"

namespace gpsh::gp {

struct SelectResult {
  ResponseApdu response;   ///< 9000, or 6283: the card is locked, its domain is selected all the same
  std::optional<Aid> aid;  ///< FCI tag 84, else the AID asked for; nothing when neither is there
};

/// SELECT [by name] (GPCS 2.3.1 section 11.9), without Le; no AID selects the default application. 9000 and
/// 6283 end the channel and become the session's selection. Any other status word is Error (card,
/// "card-status"), and channel and selection stay. An FCI that cannot be read is a remark ("fci-unreadable").
SelectResult select(CardSession& session, const std::optional<Aid>& aid);

}  // namespace gpsh::gp
