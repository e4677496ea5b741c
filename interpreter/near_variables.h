// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "interpreter/diagnostic.h"

namespace gpsh::interpreter {

/// Puts into the advice of each "unset-variable" the nearest of the names that have a value; earlier lists of
/// names are preferred.
void name_near_variables(std::vector<Diagnostic>& diagnostics,
                         const std::vector<std::vector<std::string>>& known);

}  // namespace gpsh::interpreter
