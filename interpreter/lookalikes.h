// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gpsh::interpreter {

/// Advice on the first character of a word that looks like one of the language and is another, as word
/// processors and web pages make them: blanks that do not separate, dashes, curly quotes, marks that cannot
/// be seen. Nothing where there is none.
[[nodiscard]] std::optional<std::string> advice_on_lookalike(std::string_view word);

}  // namespace gpsh::interpreter
