// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "interpreter/session_state.h"

namespace gpsh::interpreter {

/// What one usually does next in a session that has come this far, in one line for whoever looks around.
[[nodiscard]] std::string next_step(const SessionState& state);

}  // namespace gpsh::interpreter
