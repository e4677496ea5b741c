// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "interpreter/session_state.h"

namespace gpsh::interpreter {

/// Where a terminal shows more than ASCII, an ellipsis is one character.
enum class PromptCharacters { ascii, unicode };

/// Mode, reader, selected application and channel, as far as there are: "gp211 jcop A000…00 scp02:mac+enc> ".
/// `card_name` stands for the reader; empty: the first word of its name.
[[nodiscard]] std::string prompt(const SessionState& state, std::string_view card_name,
                                 PromptCharacters characters);

}  // namespace gpsh::interpreter
