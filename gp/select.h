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

/// Whether a command that a script wrote itself is a SELECT [by name] on the basic channel, without secure
/// messaging.
[[nodiscard]] bool selects_by_name(ByteView apdu);

/// Takes note of what a command that was sent as it is has done to the session. SELECT [by name] answered
/// with 9000, 62xx or 63xx: what select() does. Else see end_implicit_channel().
void note_raw_command(CardSession& session, ByteView apdu, const ResponseApdu& response);

}  // namespace gpsh::gp
