// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "interpreter/bind.h"
#include "interpreter/echo.h"
#include "interpreter/parse.h"

namespace gpsh::interpreter {

/// A script ready to run: its text, its lines, and everything found wrong with it.
struct BoundScript {
  Source source;
  std::vector<BoundLine> lines;
  std::vector<Diagnostic> diagnostics;  ///< of the text as a whole and of all lines, in script order
};

/// Parses, binds and checks a whole script without a card. Secret values are hidden in messages unless
/// `display` shows them. Does not throw for any text.
[[nodiscard]] BoundScript check(Source source, const Environment& environment, Strictness strictness,
                                SecretDisplay display);

}  // namespace gpsh::interpreter
