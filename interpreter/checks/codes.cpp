// SPDX-License-Identifier: Apache-2.0
#include "interpreter/checks/codes.h"

#include <fmt/format.h>

#include <algorithm>

#include "interpreter/diagnostic.h"

namespace gpsh::interpreter::checks {
namespace {

constexpr std::string_view kIntroduction =
    "# What the check says\n\n"
    "Made by `gpsh help checks --markdown` from the table of codes.\n\n"
    "Before a run, and with `gpsh check SCRIPT...`, the whole script is looked at without a card. An "
    "**error** "
    "cannot run as\nwritten, or would write useless keys: nothing is sent then, and the exit code is 2. "
    "**Warnings** and **notes** stop\nnothing. Where the script goes on after a failure (`-noStop`), what "
    "will "
    "fail is a warning; a line\nthat cannot be read stays an error.\n\n"
    "`# gpsh:allow CODE` at the end of a line silences its warnings and notes of that code; several codes "
    "may "
    "follow each\nother. Errors cannot be silenced so; `--no-check` runs a script up to its first one. What "
    "a run "
    "remarks is silenced in the\nsame way, by the code in its brackets: `# gpsh:allow public-key`.\n\n"
    "`gpsh check --format json` prints one object for all scripts: `files`, each with `file`, `commands`, "
    "`errors`,\n`warnings`, `notes` and `diagnostics`; each of these has `code`, `severity`, `message`, "
    "`facts`, `advice` and, where it is\nabout a place, `line`, `column` and `end_column` (characters, from "
    "1). `--format sarif` prints SARIF 2.1.0 for\ncode scanning.\n";

/// Long lines are cut in the middle of a page nobody would read.
std::string shortened(std::string_view line) {
  constexpr std::size_t kWidth = 110;
  if (line.size() <= kWidth) return std::string(line);
  return std::string(line.substr(0, kWidth - 3)) + "...";
}

std::string indented(std::string_view script) {
  std::string text;
  while (!script.empty()) {
    const auto end = std::min(script.find('\n'), script.size());
    text += "    " + shortened(script.substr(0, end)) + "\n";
    script.remove_prefix(std::min(end + 1, script.size()));
  }
  return text;
}

std::string capital(std::string_view phrase) {
  std::string text(phrase);
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text;
}

}  // namespace

const Code* find_code(std::string_view code) {
  const auto found = std::ranges::find(code_table(), code, &Code::code);
  return found == code_table().end() ? nullptr : &*found;
}

std::vector<std::string_view> all_codes() {
  std::vector<std::string_view> codes;
  for (const auto& each : code_table()) codes.push_back(each.code);
  return codes;
}

std::string codes_overview() {
  std::string text = "Codes of the check:\n\n";
  for (const auto& each : code_table())
    text += fmt::format("  {:<21} {:<8} {}\n", each.code, severity_word(each.severity), each.meaning);
  return text + "\ngpsh help CODE tells what to do, with an example.\n";
}

std::optional<std::string> explain_code(std::string_view code) {
  if (code.starts_with("gpsh.")) code.remove_prefix(5);
  const auto* found = find_code(code);
  if (found == nullptr) return std::nullopt;
  auto text = fmt::format("{} ({}): {}.\n{}.\n", found->code, severity_word(found->severity), found->meaning,
                          found->remedy);
  if (!found->example.empty()) text += "\nExample:\n" + indented(found->example);
  return text;
}

std::string codes_markdown() {
  std::string text(kIntroduction);
  for (const auto& each : code_table()) {
    text += fmt::format("\n## {}\n\n{}: {}. {}.\n", each.code, capital(severity_word(each.severity)),
                        each.meaning, each.remedy);
    if (!each.example.empty()) text += "\n" + indented(each.example);
  }
  return text;
}

}  // namespace gpsh::interpreter::checks
