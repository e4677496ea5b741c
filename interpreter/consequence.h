// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/aid.h"
#include "interpreter/commands.h"

namespace gpsh::interpreter {

/// Whether an application or load file of this AID is known to be on the card.
using IsOnCard = std::function<bool(const Aid& aid)>;

/// What a command takes away that cannot be given back, as one sentence without full stop; nothing for a
/// command that harms nothing: DELETE, PUT KEY, INSTALL over something that is there, and raw APDUs that do
/// the same or lock or terminate (SET STATUS, GPCS 2.3.1 section 11.10). Reads the file of an install.
[[nodiscard]] std::optional<std::string> consequence(const Command& command, const IsOnCard& is_on_card);

}  // namespace gpsh::interpreter
