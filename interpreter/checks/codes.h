// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/observer.h"

namespace gpsh::interpreter::checks {

/// A code, explained. Codes are stable: scripts name them in # gpsh:allow, programs read them in JSON.
struct Code {
  std::string_view code;
  Severity severity = Severity::error;  ///< the usual one
  std::string_view meaning{};           ///< what is wrong, as a phrase
  std::string_view example{};  ///< of the check: a script that has it; else what to type; lines end with \n
  std::string_view remedy{};   ///< what to do, a sentence without full stop
  std::string_view causes{};   ///< what it mostly comes from, a phrase; the check sees it, and has none
};

/// All codes that checking a script can give, sorted. A run may give them too; what else it gives is in
/// run_codes/run_codes.h.
[[nodiscard]] std::span<const Code> code_table();
/// Any code, of the check or not; nullptr for a text that is none.
[[nodiscard]] const Code* find_code(std::string_view code);
/// Any code, of the check or not.
[[nodiscard]] std::vector<std::string_view> all_codes();
/// Whether # gpsh:allow can name it: a code of the check, or one of warnings and notes of a run.
[[nodiscard]] bool can_be_allowed(const Code& code);

/// One line a code, for a terminal: of the check.
[[nodiscard]] std::string codes_overview();
[[nodiscard]] std::string overview_line(const Code& code);
/// One code: meaning, causes, remedy, example; nothing for a text that is no code.
[[nodiscard]] std::optional<std::string> explain_code(std::string_view code);
/// One code in a page, its heading with so many signs: "## ".
[[nodiscard]] std::string code_markdown(const Code& code, std::string_view heading);
/// docs/checks.md.
[[nodiscard]] std::string codes_markdown();

}  // namespace gpsh::interpreter::checks
