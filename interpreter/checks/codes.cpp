// SPDX-License-Identifier: Apache-2.0
#include "interpreter/checks/codes.h"

#include <fmt/format.h>

#include <algorithm>

#include "interpreter/diagnostic.h"
#include "interpreter/run_codes/run_codes.h"

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
    "remarks is silenced in the\nsame way, by the code in its brackets: `# gpsh:allow public-key`; these "
    "codes "
    "are in [codes.md](codes.md).\n\n"
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
  if (found != code_table().end()) return &*found;
  for (const auto& topic : run_codes::topics()) {
    const auto of_topic = std::ranges::find(topic.codes, code, &Code::code);
    if (of_topic != topic.codes.end()) return &*of_topic;
  }
  return nullptr;
}

std::vector<std::string_view> all_codes() {
  std::vector<std::string_view> codes;
  for (const auto& each : code_table()) codes.push_back(each.code);
  for (const auto& topic : run_codes::topics())
    for (const auto& each : topic.codes) codes.push_back(each.code);
  return codes;
}

bool can_be_allowed(const Code& code) {
  return code.severity != Severity::error ||
         std::ranges::find(code_table(), code.code, &Code::code) != code_table().end();
}

std::string overview_line(const Code& code) {
  return fmt::format("  {:<24} {:<8} {}\n", code.code, severity_word(code.severity), code.meaning);
}

std::string codes_overview() {
  std::string text = "Codes of the check:\n\n";
  for (const auto& each : code_table()) text += overview_line(each);
  return text +
         "\ngpsh help CODE tells what to do, with an example; gpsh help codes lists what a run says "
         "besides.\n";
}

std::optional<std::string> explain_code(std::string_view code) {
  if (code.starts_with("gpsh.")) code.remove_prefix(5);
  const auto* found = find_code(code);
  if (found == nullptr) return std::nullopt;
  auto text = fmt::format("{} ({}): {}.\n", found->code, severity_word(found->severity), found->meaning);
  if (!found->causes.empty()) text += fmt::format("Mostly because: {}.\n", found->causes);
  text += fmt::format("{}.\n", found->remedy);
  if (!found->example.empty()) text += "\nExample:\n" + indented(found->example);
  return text;
}

std::string code_markdown(const Code& code, std::string_view heading) {
  auto text = fmt::format("\n{}{}\n\n{}: {}.", heading, code.code, capital(severity_word(code.severity)),
                          code.meaning);
  if (!code.causes.empty()) text += fmt::format(" Mostly because: {}.", code.causes);
  text += fmt::format(" {}.\n", code.remedy);
  return code.example.empty() ? text : text + "\n" + indented(code.example);
}

std::string codes_markdown() {
  std::string text(kIntroduction);
  for (const auto& each : code_table()) text += code_markdown(each, "## ");
  return text;
}

}  // namespace gpsh::interpreter::checks
