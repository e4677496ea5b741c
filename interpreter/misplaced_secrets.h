// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "interpreter/bind.h"

namespace gpsh::interpreter {

/// Hides, on a line that is written wrongly, what may be a key or a pass phrase although no secret option
/// says so: behind a mistyped command or option, behind the wrong option, without one, cut in two by a blank,
/// in quotes that are not closed, in the place of a command. Only of commands that take secrets, and of
/// unknown ones. The line's diagnostics, and the name of an unknown command, show kMask for it too.
void hide_misplaced_secrets(const Source& source, const ScriptLine& line, const Environment& environment,
                            BoundLine& bound);

}  // namespace gpsh::interpreter
