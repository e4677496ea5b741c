// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "interpreter/checks/known.h"
#include "interpreter/session_state.h"

namespace gpsh::interpreter {

/// Puts what the session is in the place of what its lines were expected to make of it, so that a line that
/// failed is not taken for done.
void correct(checks::Known& known, const SessionState& state);

}  // namespace gpsh::interpreter
