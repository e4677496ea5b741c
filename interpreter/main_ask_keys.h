// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "interpreter/check.h"

namespace gpsh::interpreter {

/// What `known` knows, else what the person at the terminal types for the name; each name is asked for once,
/// and nothing is shown of the answer. An empty answer: nobody knows. Asking throws Error (usage): "usage"
/// without a terminal, "interrupted" after Ctrl-C.
[[nodiscard]] Environment asking(Environment known);

}  // namespace gpsh::interpreter
