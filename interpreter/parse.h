// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "interpreter/diagnostic.h"
#include "interpreter/script.h"

namespace gpsh::interpreter {

struct ParsedScript {
  std::vector<ScriptLine> lines;
  std::vector<Diagnostic> diagnostics;  ///< of the text as a whole: NUL bytes, lines that are too long
};

/// The longest line that is read, in bytes with its line end. GPShell cuts at 8191; 4096 bytes of -data need
/// more.
inline constexpr std::size_t kMaxLineBytes = 65536;
/// The longest script that is read, in bytes.
inline constexpr std::size_t kMaxScriptBytes = std::size_t{16} * 1024 * 1024;

/// Text to lines of words. Never throws for any text; every problem is a diagnostic.
[[nodiscard]] ParsedScript parse(const Source& source);

/// How many problems PEGTL's analysis finds in the grammar: loops that consume nothing. For the test.
[[nodiscard]] std::size_t analyze_grammar();

}  // namespace gpsh::interpreter
