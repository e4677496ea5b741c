// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "interpreter/check.h"
#include "interpreter/main_keys_file.h"

namespace gpsh::interpreter {

/// A key of `keys`, else what `otherwise` knows, else what the person at the terminal types for the name:
/// nothing is shown of it, `keys` learns it, so that each name is asked for once. An empty answer: nobody
/// knows. `keys` outlives it. Asking throws Error (usage): "usage" without a terminal, "interrupted" after
/// Ctrl-C.
[[nodiscard]] Environment asking(KeysFile& keys, Environment otherwise);

}  // namespace gpsh::interpreter
