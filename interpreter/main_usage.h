// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/error.h"

namespace CLI {  // NOLINT(readability-identifier-naming): the library's own name
class App;
class ParseError;
}  // namespace CLI

namespace gpsh::interpreter {

/// What is wrong with a command line that `app` refused with `refusal`: an option that no word of gpsh has,
/// or a mistyped word before a script, with the nearest that exists; else what CLI11 says of it. `words` are
/// those behind the program's name. Error (usage, "usage").
[[nodiscard]] Error usage_error(const CLI::App& app, const CLI::ParseError& refusal,
                                const std::vector<std::string>& words);

/// Options of a run may stand before a word too: gives them to the word, as if they stood behind it. Throws
/// Error (usage, "usage") where the word does not declare one, or was given more arguments than it takes;
/// CLI::ParseError for a value that the word's option refuses.
void give_words_their_options(CLI::App& app);

}  // namespace gpsh::interpreter
