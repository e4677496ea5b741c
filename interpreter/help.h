// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gpsh::interpreter {

/// All commands with their summaries.
[[nodiscard]] std::string help_overview();
/// One command: summary, options with kinds and defaults, example. Nothing for an unknown name.
[[nodiscard]] std::optional<std::string> help_command(std::string_view name);
/// One command, or one code. Throws Error (usage, "unknown-command") for another name.
[[nodiscard]] std::string help_on(const std::string& name);
/// The reference page of all commands, as Markdown.
[[nodiscard]] std::string help_markdown();

/// The same as JSON: the list of all commands; the list of all codes of the check, and of those that only a
/// run gives; one of any of them, nothing for another name.
[[nodiscard]] std::string help_json();
[[nodiscard]] std::string codes_json();
[[nodiscard]] std::string run_codes_json();
[[nodiscard]] std::optional<std::string> help_json(const std::string& name);

}  // namespace gpsh::interpreter
