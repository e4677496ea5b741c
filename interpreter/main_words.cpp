// SPDX-License-Identifier: Apache-2.0
#include "interpreter/main_words.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <sstream>

#include "interpreter/main_options.h"

namespace gpsh::interpreter {
namespace {

/// CLI11 tells the words of IsMember in the name of the type only: "TEXT:{json,text}".
std::vector<std::string> choices_of(const std::string& type_name) {
  const auto begin = type_name.find('{');
  const auto end = type_name.find('}');
  std::vector<std::string> choices;
  if (begin == std::string::npos || end == std::string::npos) return choices;
  std::istringstream list(type_name.substr(begin + 1, end - begin - 1));
  for (std::string choice; std::getline(list, choice, ',');) choices.push_back(choice);
  return choices;
}

std::vector<std::string> names_of(const CLI::Option& option) {
  std::vector<std::string> names;
  if (option.get_positional()) return {option.get_name(true)};
  for (const auto& name : option.get_snames()) names.push_back("-" + name);
  for (const auto& name : option.get_lnames()) names.push_back("--" + name);
  return names;
}

ArgumentInfo describe(const CLI::Option& option) {
  const auto type_name = option.get_type_name();
  const int values = option.get_items_expected_max();
  return {.names = names_of(option),
          .value = values == 0 ? "" : type_name.substr(0, type_name.find(':')),
          .choices = choices_of(type_name),
          .help = option.get_description(),
          .required = option.get_required(),
          .repeatable = values > 1};
}

WordInfo describe(const CLI::App& app) {
  WordInfo word{
      .name = app.get_name(), .summary = app.get_description(), .options = {}, .arguments = {}, .words = {}};
  for (const auto* option : app.get_options()) {
    if (option->get_group().empty()) continue;
    (option->get_positional() ? word.arguments : word.options).push_back(describe(*option));
  }
  for (const auto* below : app.get_subcommands([](const CLI::App*) { return true; })) {
    word.words.push_back(describe(*below));
  }
  return word;
}

}  // namespace

WordInfo describe_command_line() {
  CommandLine line;
  CLI::App app("", "gpsh");
  declare_command_line(app, line);
  return describe(app);
}

const WordInfo* find_word(const WordInfo& above, const std::string& name) {
  const auto found = std::ranges::find(above.words, name, &WordInfo::name);
  return found == above.words.end() ? nullptr : &*found;
}

}  // namespace gpsh::interpreter
