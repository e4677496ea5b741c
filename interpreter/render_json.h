// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "interpreter/check.h"

namespace gpsh::interpreter {

/// {"files": [{"file", "commands", "errors", "warnings", "notes", "diagnostics": [{"code", "severity",
/// "message", "facts", "advice", and of a place "line", "column", "end_column"}]}]}. Columns count characters
/// from 1, the end is behind the last one. Ends with a line end.
[[nodiscard]] std::string render_json(const std::vector<BoundScript>& scripts);

}  // namespace gpsh::interpreter
