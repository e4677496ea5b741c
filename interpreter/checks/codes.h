// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/observer.h"

namespace gpsh::interpreter::checks {

/// A code of the check, explained. Codes are stable: scripts name them in # gpsh:allow.
struct Code {
  std::string_view code;
  Severity severity;         ///< the usual one
  std::string_view meaning;  ///< what is wrong, as a phrase
  std::string_view example;  ///< a script that has it; lines end with \n
  std::string_view remedy;   ///< what to do, a sentence without full stop
};

/// All codes that checking a script can give, sorted.
[[nodiscard]] std::span<const Code> code_table();
[[nodiscard]] const Code* find_code(std::string_view code);
[[nodiscard]] std::vector<std::string_view> all_codes();
/// Codes of warnings and notes that only a run gives; # gpsh:allow silences these too.
[[nodiscard]] std::span<const std::string_view> remark_codes();

/// One line a code, for a terminal.
[[nodiscard]] std::string codes_overview();
/// One code: meaning, remedy, example; nothing for a text that is no code.
[[nodiscard]] std::optional<std::string> explain_code(std::string_view code);
/// docs/checks.md.
[[nodiscard]] std::string codes_markdown();

}  // namespace gpsh::interpreter::checks
