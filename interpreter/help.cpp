// SPDX-License-Identifier: Apache-2.0
#include "interpreter/help.h"

#include <fmt/format.h>

#include "core/error.h"
#include "core/suggest.h"
#include "interpreter/checks/codes.h"
#include "interpreter/command_table.h"
#include "interpreter/commands.h"

namespace gpsh::interpreter {
namespace {

std::string default_words(const OptionInfo& option) {
  return option.default_text.empty() ? "" : fmt::format("; default: {}", option.default_text);
}

std::string option_lines(const CommandInfo& command) {
  std::string text;
  for (const auto& option : command.options) {
    text += fmt::format("  {:<22} {}\n  {:<22} {}{}\n", option.name, option.help, "", option.kind,
                        default_words(option));
  }
  if (command.rest == Rest::options) text += fmt::format("  {:<22} {}\n", kNoStop, kNoStopHelp);
  return text;
}

/// A bar within a table's cell would end the cell.
std::string cell(std::string text) {
  for (auto at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2)) text.insert(at, "\\");
  return text;
}

std::string markdown_section(const CommandInfo& command) {
  auto text = fmt::format("## {}\n\n{}.\n\n", command.name, command.summary);
  if (command.rest == Rest::options) {
    text += "| option | value | default | meaning |\n| --- | --- | --- | --- |\n";
    for (const auto& option : command.options) {
      text += fmt::format("| `{}` | {} | {} | {} |\n", option.name, cell(option.kind),
                          option.default_text.empty() ? "-" : option.default_text, option.help);
    }
    text += fmt::format("| `{}` | - | off | {} |\n\n", kNoStop, kNoStopHelp);
  }
  return text + fmt::format("    {}\n\n", command.example);
}

}  // namespace

std::string help_overview() {
  std::string text = "Commands of a script:\n\n";
  for (const auto& command : command_table()) {
    text += fmt::format("  {:<40} {}\n", command.name, command.summary);
  }
  return text + "\ngpsh help COMMAND tells its options and an example, gpsh --help what gpsh does besides.\n";
}

std::optional<std::string> help_command(std::string_view name) {
  const auto* command = find_command(name);
  if (command == nullptr) return std::nullopt;
  auto text = fmt::format("{}: {}\n", command->name, command->summary);
  if (command->rest == Rest::options) text += fmt::format("\nOptions:\n{}", option_lines(*command));
  return text + fmt::format("\nExample:\n  {}\n", command->example);
}

std::string help_on(const std::string& name) {
  if (auto text = help_command(name)) return *std::move(text);
  if (auto text = checks::explain_code(name)) return *std::move(text);
  auto near = command_meant(name);
  if (!near) near = suggest(name, checks::all_codes());
  throw Error({.kind = ErrorKind::usage,
               .code = "unknown-command",
               .message = "there is no script command " + name,
               .advice = near ? "did you mean " + std::string(*near) + "?" : "gpsh help lists the commands"});
}

std::string help_markdown() {
  std::string text = "# Commands\n\nMade by `gpsh help --markdown` from the table of commands.\n\n";
  for (const auto& command : command_table()) text += markdown_section(command);
  text.pop_back();
  return text;
}

}  // namespace gpsh::interpreter
