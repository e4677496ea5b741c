// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "core/apdu.h"
#include "core/error.h"

namespace gpsh::gp {

/// Passes 9000. Any other status word becomes Error (card, "card-status"): "COMMAND was refused: 6985,
/// conditions of use not satisfied", with the advice of the status word and the plain command, of which
/// secrets are not shown. `command` is the specification's name.
void expect_ok(const ResponseApdu& response, std::string_view command, const CommandApdu& plain);

/// The same Error as a value, for where a refusal is kept and not thrown.
[[nodiscard]] Error refusal(StatusWord sw, std::string_view command, const CommandApdu& plain);

}  // namespace gpsh::gp
