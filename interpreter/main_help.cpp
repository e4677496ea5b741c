// SPDX-License-Identifier: Apache-2.0
#include "interpreter/main_help.h"

#include <algorithm>
#include <array>
#include <iostream>
#include <iterator>

#include "core/error.h"
#include "core/suggest.h"
#include "interpreter/checks/codes.h"
#include "interpreter/command_table.h"
#include "interpreter/help.h"
#include "interpreter/main_complete.h"
#include "interpreter/main_man.h"
#include "interpreter/main_words.h"
#include "interpreter/run_codes/run_codes.h"

namespace gpsh::interpreter {
namespace {

/// A topic that lists codes, in each form it can be asked for.
struct CodeList {
  std::string_view name;
  std::string (*text)();
  std::string (*json)();
  std::string (*markdown)();
};

constexpr std::array kLists = {
    CodeList{"checks", checks::codes_overview, codes_json, checks::codes_markdown},
    CodeList{"codes", run_codes::overview, run_codes_json, run_codes::markdown},
};

const CodeList* find_list(std::string_view name) {
  const auto* const found = std::ranges::find(kLists, name, &CodeList::name);
  return found == kLists.end() ? nullptr : found;
}

/// What `gpsh WORD --help` says; nothing for an unknown word.
std::optional<std::string> help_word(const std::string& name) {
  if (find_word(describe_command_line(), name) == nullptr) return std::nullopt;
  const std::array arguments = {"gpsh", name.c_str(), "--help"};
  return parse_command_line(static_cast<int>(arguments.size()), arguments.data()).text;
}

[[noreturn]] void unknown(const std::string& topic) {
  auto known = command_names();
  const auto program = describe_command_line();
  for (const auto& word : program.words) known.emplace_back(word.name);
  for (const auto& list : kLists) known.push_back(list.name);
  std::ranges::copy(checks::all_codes(), std::back_inserter(known));
  const auto near = suggest(topic, known);
  throw Error({.kind = ErrorKind::usage,
               .code = "unknown-command",
               .message = "there is no script command " + topic,
               .advice = near ? "did you mean " + std::string(*near) + "?" : "gpsh help lists the commands"});
}

std::string help_on(const std::string& topic) {
  if (auto command = help_command(topic)) return *command;
  if (auto code = checks::explain_code(topic)) return *code;
  if (auto word = help_word(topic)) return *word;
  unknown(topic);
}

[[noreturn]] void no_json(const std::string& what) {
  throw Error({.kind = ErrorKind::usage,
               .code = "usage",
               .message = what + " has no format json",
               .advice = "gpsh help, gpsh help checks, gpsh help codes, and each command and code have"});
}

std::string json_of(const CommandLine& line) {
  if (line.markdown || !line.manual_page.empty()) no_json("a page");
  if (line.help_command.empty()) return help_json();
  if (const auto* list = find_list(line.help_command)) return list->json();
  if (auto json = help_json(line.help_command)) return *json;
  static_cast<void>(help_on(line.help_command));
  no_json("the help on the word " + line.help_command);
}

std::string text_of(const CommandLine& line) {
  if (!line.words_to_complete.empty()) return completion_lines(line.words_to_complete);
  if (line.format == "json") return json_of(line);
  if (!line.manual_page.empty()) return manual_page(line.manual_page);
  const auto* list = find_list(line.help_command);
  if (line.markdown) return list != nullptr ? list->markdown() : help_markdown();
  if (list != nullptr) return list->text();
  return line.help_command.empty() ? help_overview() : help_on(line.help_command);
}

}  // namespace

int run_help(const CommandLine& line) {
  std::cout << text_of(line);
  return 0;
}

}  // namespace gpsh::interpreter
