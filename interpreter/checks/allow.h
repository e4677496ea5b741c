// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "interpreter/bind.h"

namespace gpsh::interpreter::checks {

/// Reads `# gpsh:allow CODE...` at the end of a line (also with //, and with gpsh. before a code) into
/// `bound`. A code that no check has is a warning.
void read_allowed(const ScriptLine& line, BoundLine& bound);

/// Removes the notes and warnings whose codes are allowed on the line. Errors stay.
void drop_allowed(BoundLine& bound);

}  // namespace gpsh::interpreter::checks
