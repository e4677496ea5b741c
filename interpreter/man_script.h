// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "interpreter/roff.h"

namespace gpsh::interpreter {

/// The source of gpsh-script(5): the language, and every command of the table.
[[nodiscard]] std::string man_script(const roff::Edition& edition);

}  // namespace gpsh::interpreter
