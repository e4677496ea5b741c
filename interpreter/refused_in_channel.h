// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "core/error.h"
#include "gp/card_session.h"
#include "interpreter/bind.h"
#include "interpreter/command_result.h"

namespace gpsh::interpreter {

/// What there is to say of an APDU that a line sent through the open channel and the card answered with 6982:
/// an Error (card, "card-status") with the level of the channel in its advice, or that an implicit one is
/// over, though the line itself takes any status word. `card` is null without one.
[[nodiscard]] std::optional<Error> refused_in_channel(const BoundLine& line, const CommandResult& result,
                                                      const gp::CardSession* card);

}  // namespace gpsh::interpreter
