// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "interpreter/bind.h"

namespace gpsh::interpreter::checks {

/// The APDU of send_apdu or send_apdu_nostop; null for other commands.
[[nodiscard]] const RawApdu* raw_apdu_of(const Command& command);

/// What an INSTALL [for make selectable] makes selectable.
struct MadeSelectable {
  std::optional<Aid> instance{};  ///< nothing where it cannot be read: then it may be any
};

/// Nothing for any other command.
[[nodiscard]] std::optional<MadeSelectable> made_selectable(ByteView apdu);

}  // namespace gpsh::interpreter::checks
