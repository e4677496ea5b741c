// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "interpreter/bind.h"
#include "interpreter/checks/known.h"
#include "interpreter/echo.h"
#include "interpreter/parse.h"

namespace gpsh::interpreter {

/// A script ready to run: its text, its lines, and everything found wrong with it.
struct BoundScript {
  Source source;
  std::vector<BoundLine> lines;
  std::vector<Diagnostic> diagnostics;  ///< of the text as a whole and of all lines, in script order
};

/// Whether more lines come after a text. Where they do, an empty text is fine and nothing is missed yet.
enum class TextEnd { of_script, of_entry };

/// How a text is checked, and what is known of the session before it.
struct CheckRequest {
  const Environment& environment;
  Strictness strictness = Strictness::strict;
  SecretDisplay display = SecretDisplay::masked;
  TextEnd end = TextEnd::of_script;
  checks::Known known{};
};

/// Parses, binds and checks a text without a card. Secret values are hidden in messages unless the request
/// shows them. Does not throw for any text.
[[nodiscard]] BoundScript check(Source source, const CheckRequest& request);

/// The same for a whole script.
[[nodiscard]] BoundScript check(Source source, const Environment& environment, Strictness strictness,
                                SecretDisplay display);

}  // namespace gpsh::interpreter
