// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "interpreter/check.h"

namespace gpsh::interpreter {

/// SARIF 2.1.0 (OASIS): one run with a result for each diagnostic, for code scanning. Columns count Unicode
/// code points. `version` is the program's. Ends with a line end.
[[nodiscard]] std::string render_sarif(const std::vector<BoundScript>& scripts, std::string_view version);

}  // namespace gpsh::interpreter
