// SPDX-License-Identifier: Apache-2.0
#include "interpreter/main_usage.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <optional>

#include "core/suggest.h"

namespace gpsh::interpreter {
namespace {

using Names = std::vector<std::string>;

/// Of `app` and of all words below it, with their dashes.
void add_options(const CLI::App& app, Names& names) {
  for (const auto* option : app.get_options()) {
    for (const auto& name : option->get_lnames()) names.push_back("--" + name);
    for (const auto& name : option->get_snames()) names.push_back("-" + name);
  }
  for (const auto* word : app.get_subcommands([](const CLI::App*) { return true; }))
    add_options(*word, names);
}

Names words_of(const CLI::App& app) {
  Names names;
  for (const auto* word : app.get_subcommands([](const CLI::App*) { return true; }))
    names.push_back(word->get_name());
  return names;
}

std::optional<std::string> nearest(const std::string& word, const Names& names) {
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  const auto near = suggest(word, candidates);
  return near ? std::optional(std::string(*near)) : std::nullopt;
}

/// The first option that does not exist; --name=value without its value.
std::optional<std::string> unknown_option(const Names& given, const Names& options) {
  for (const auto& word : given) {
    const auto name = word.substr(0, word.find('='));
    if (name == "--") break;
    if (name.size() < 2 || name.front() != '-' || std::ranges::count(options, name) != 0) continue;
    return name;
  }
  return std::nullopt;
}

Error usage(std::string message, std::string advice) {
  return Error({.kind = ErrorKind::usage,
                .code = "usage",
                .message = std::move(message),
                .advice = std::move(advice)});
}

/// The words that were given, as one types them: "gpsh ledger show"; "gpsh" where there is none.
std::string call_of(const CLI::App& app) {
  std::string call = "gpsh";
  for (const auto* word = &app; !word->get_subcommands().empty();) {
    word = word->get_subcommands().front();
    call += " " + word->get_name();
  }
  return call;
}

std::string see_help(const CLI::App& app) {
  return "see " + call_of(app) + " --help";
}

/// An argument behind a word that takes no more of them.
Error left_over(const CLI::App& app, const std::string& argument) {
  const auto near = nearest(argument, words_of(*app.get_subcommands().front()));
  return usage(call_of(app) + " takes no further argument: " + argument,
               near ? "did you mean " + call_of(app) + " " + *near + "?" : see_help(app));
}

/// The option of this name of the word that was given, or of one before it; nullptr if none declares it.
CLI::Option* option_of_words(CLI::App& app, const std::string& name) {
  CLI::Option* found = nullptr;
  for (auto* word = &app; !word->get_subcommands().empty();) {
    word = word->get_subcommands().front();
    if (auto* own = word->get_option_no_throw(name); own != nullptr) found = own;
  }
  return found;
}

bool too_many_scripts(const CLI::ParseError& refusal) {
  return refusal.get_name() == "ArgumentMismatch" && std::string_view(refusal.what()).starts_with("SCRIPT:");
}

/// `gpsh card` alone: which words may follow.
std::optional<Error> missing_word(const CLI::App& app, const CLI::ParseError& refusal) {
  if (std::string_view(refusal.what()) != "A subcommand is required" || app.get_subcommands().empty())
    return std::nullopt;
  const auto& word = *app.get_subcommands().front();
  std::string names;
  for (const auto& name : words_of(word)) names += (names.empty() ? "" : ", ") + name;
  return usage("gpsh " + word.get_name() + " needs one of these words: " + names,
               "see gpsh " + word.get_name() + " --help");
}

}  // namespace

Error usage_error(const CLI::App& app, const CLI::ParseError& refusal,
                  const std::vector<std::string>& words) {
  Names options;
  add_options(app, options);
  if (const auto option = unknown_option(words, options)) {
    const auto near = nearest(*option, options);
    return usage("there is no option " + *option, near ? "did you mean " + *near + "?" : "see gpsh --help");
  }
  if (too_many_scripts(refusal) && !app.get_subcommands().empty()) {
    return usage(call_of(app) + " takes fewer arguments", see_help(app));
  }
  if (too_many_scripts(refusal)) {
    const auto near = nearest(words.front(), words_of(app));
    if (near) return usage("gpsh has no word " + words.front(), "did you mean gpsh " + *near + "?");
    return usage("more than one script was given", "run one at a time; gpsh check takes several");
  }
  if (auto missing = missing_word(app, refusal)) return *missing;
  return usage(refusal.what(), see_help(app));
}

void give_words_their_options(CLI::App& app) {
  if (app.get_subcommands().empty()) return;
  const auto* script = app.get_option("SCRIPT");
  if (script->count() > 0) throw left_over(app, script->results().front());
  for (const auto* given : app.get_options()) {
    if (given->count() == 0) continue;
    const auto name = given->get_name();
    auto* own = option_of_words(app, name);
    if (own == nullptr) throw usage(call_of(app) + " has no option " + name, see_help(app));
    for (const auto& value : given->results()) own->add_result(value);
    own->run_callback();
  }
}

}  // namespace gpsh::interpreter
