// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "interpreter/diagnostic.h"

namespace gpsh::interpreter {

enum class Colour { off, on };

/// FILE:LINE:COLUMN: severity[gpsh.code]: text, then excerpt, caret, facts and advice, each indented by two.
/// A note is shown without its excerpt. Control characters are shown as dots, long lines cut.
/// Ends with a line end.
[[nodiscard]] std::string render_text(const Diagnostic& diagnostic, const Source& source, Colour colour);
/// Without a script: "gpsh: severity[gpsh.code]: text".
[[nodiscard]] std::string render_text(const Diagnostic& diagnostic, Colour colour);

}  // namespace gpsh::interpreter
