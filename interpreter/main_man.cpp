// SPDX-License-Identifier: Apache-2.0
#include "interpreter/main_man.h"

#include <algorithm>
#include <array>

#include "interpreter/main_words.h"
#include "interpreter/man_script.h"
#include "interpreter/roff.h"

namespace gpsh::interpreter {
namespace {

using roff::bold;
using roff::example;
using roff::italic;
using roff::paragraph;
using roff::running;
using roff::section;
using roff::tagged;

constexpr roff::Edition kEdition{.version = GPSH_VERSION, .date = GPSH_DATE};

/// What a person types in the place of a value: "text|json", or its name.
std::string value_of(const ArgumentInfo& option) {
  if (option.choices.empty()) return italic(option.value);
  std::string all;
  for (const auto& choice : option.choices) all += (all.empty() ? "" : "|") + bold(choice);
  return all;
}

std::string option_of(const ArgumentInfo& option) {
  std::string names;
  for (const auto& name : option.names) names += (names.empty() ? "" : ",\n") + bold(name);
  return tagged(option.value.empty() ? names : names + " " + value_of(option), option.help + ".");
}

/// Every word has --help; it is told once.
bool is_help(const ArgumentInfo& option) {
  return std::ranges::find(option.names, "--help") != option.names.end();
}

/// "gpsh card serve [OPTIONS]".
std::string usage_of(const WordInfo& word, const std::string& above) {
  auto text = bold(above + word.name);
  if (!std::ranges::all_of(word.options, is_help)) text += " [" + italic("OPTIONS") + "]";
  for (const auto& argument : word.arguments) {
    auto name = italic(argument.names.front());
    if (argument.repeatable) name += "...";
    text += argument.required ? " " + name : " [" + name + "]";
  }
  return text;
}

/// Whether the word has it from the program, where it is described.
bool is_of_a_run(const ArgumentInfo& option, const WordInfo& program) {
  return std::ranges::any_of(program.options, [&](const ArgumentInfo& other) {
    return other.names == option.names && other.help == option.help;
  });
}

std::string options_of_a_run(const WordInfo& word, const WordInfo& program) {
  std::string names;
  for (const auto& option : word.options) {
    if (!is_help(option) && is_of_a_run(option, program))
      names += (names.empty() ? "" : ",\n") + bold(option.names.front());
  }
  return names.empty() ? "" : ".PP\nAs in a run:\n" + names + ".\n";
}

std::string arguments_of(const WordInfo& word, const WordInfo& program) {
  std::string text;
  for (const auto& argument : word.arguments) {
    text += tagged(italic(argument.names.front()), argument.help + ".");
  }
  for (const auto& option : word.options) {
    if (!is_help(option) && !is_of_a_run(option, program)) text += option_of(option);
  }
  return text + options_of_a_run(word, program);
}

/// The words below `above`, each with what may follow it.
std::string words_of(const WordInfo& above, const std::string& names, const WordInfo& program) {
  std::string text;
  for (const auto& word : above.words) {
    if (!word.words.empty()) {
      text += words_of(word, names + word.name + " ", program);
      continue;
    }
    text += tagged(usage_of(word, names), word.summary + ".");
    if (const auto below = arguments_of(word, program); !below.empty()) text += ".RS\n" + below + ".RE\n";
  }
  return text;
}

std::string synopsis() {
  return section("SYNOPSIS") + bold("gpsh") + " [" + italic("OPTIONS") + "] [" + italic("SCRIPT") +
         "]\n.br\n" + bold("gpsh") + " " + italic("WORD") + " [" + italic("OPTIONS") + "] [" +
         italic("ARGUMENTS") + "]\n";
}

std::string description() {
  return section("DESCRIPTION") +
         running(
             "gpsh runs GPShell scripts against GlobalPlatform smart cards: on a PC/SC reader, on the "
             "virtual card inside the program, or against a recorded session. Before the first command goes "
             "to a card, the whole script is checked. gpsh-script(5) is the language.") +
         paragraph(
             "Results go to stdout as GPShell prints them. What gpsh has to say goes to stderr, with the "
             "place in the script and what to do.");
}

std::string surroundings() {
  return section("EXIT STATUS") + tagged(bold("0"), "Good.") +
         tagged(bold("1"), "The card, the secure channel or a replayed test said no.") +
         tagged(bold("2"), "The script or the command line is wrong.") +
         tagged(bold("3"), "There is no reader, no card or no PC/SC service.") +
         tagged(bold("70"), "A fault of gpsh itself.") + section("ENVIRONMENT") +
         tagged(bold("GPSH_CARD") + ", " + bold("GPSH_READER"), "Stand for --card and --reader.") +
         tagged(bold("NO_COLOR"), "If it is set and not empty, messages have no colour.") +
         tagged(bold("XDG_STATE_HOME"), "Where the ledger is, instead of ~/.local/state.") +
         section("FILES") +
         tagged(italic("~/.local/state/gpsh/ledger.db"),
                "The ledger: how often authentication failed in a row, for each card. After the third time "
                "gpsh stops without --force; gpsh ledger shows and clears it.");
}

std::string examples() {
  static constexpr std::array kExamples = {
      std::pair{"List what is on the virtual card:", "gpsh --card virtual listgp211.txt"},
      std::pair{"Check a script without any card:", "gpsh check listgp211.txt"},
      std::pair{"Say what a card tells without authentication:", "gpsh --card virtual info"},
      std::pair{"Record a session, and run the recording as a test:",
                "gpsh --card virtual --record a.jsonl listgp211.txt\ngpsh replay a.jsonl"},
      std::pair{"Say every APDU of a log in words:", "gpsh explain session.log"},
      std::pair{"Say what the options of a command are:", "gpsh help open_sc"}};
  auto text = section("EXAMPLES");
  for (const auto& [what, lines] : kExamples) {
    text += (what == kExamples.front().first ? running(what) : paragraph(what)) + example(lines);
  }
  return text;
}

std::string man_program() {
  const auto program = describe_command_line();
  auto text = roff::page_title("GPSH", 1, kEdition) + section("NAME") +
              "gpsh \\- run GPShell scripts against GlobalPlatform smart cards\n" + synopsis() +
              description() + section("OPTIONS") + running("Of a run; they may also follow SCRIPT.");
  for (const auto& option : program.options) text += option_of(option);
  text += section("WORDS") + words_of(program, "gpsh ", program) + surroundings() + examples();
  return text + section("SEE ALSO") + ".BR gpsh\\-script (5),\n.BR pcscd (8)\n";
}

}  // namespace

std::string manual_page(const std::string& name) {
  return name == "gpsh" ? man_program() : man_script(kEdition);
}

}  // namespace gpsh::interpreter
