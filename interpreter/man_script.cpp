// SPDX-License-Identifier: Apache-2.0
#include "interpreter/man_script.h"

#include "interpreter/command_table.h"
#include "interpreter/commands.h"

namespace gpsh::interpreter {
namespace {

using roff::bold;
using roff::example;
using roff::italic;
using roff::paragraph;
using roff::running;
using roff::tagged;

std::string lines() {
  return roff::section("LINES AND WORDS") +
         running(
             "A script is text with one command a line. Words are separated by blanks, tabs or commas. "
             "Commands and options are written exactly as here; options may come in any order, and the last "
             "value of one that is repeated counts. Empty lines are skipped.") +
         tagged(bold("# text") + ", " + bold("// text"),
                "A comment, at the beginning of a line or after a command: a word that starts with # or // "
                "begins it.") +
         tagged(
             bold("# gpsh:allow") + " " + italic("CODE"),
             "At the end of a line: the check says nothing of that code there. Errors cannot be silenced.") +
         tagged(bold("\"two words\""),
                "A value with blanks or commas. There is no quote inside a quoted value.") +
         tagged(bold("${NAME}"),
                "Is replaced by the key of that name in the file of --keys, else by the environment "
                "variable. print and comments are left as they are.") +
         paragraph(
             "Hex values have no prefix and no blanks. Numbers are decimal, or hex with 0x in front. A "
             "command that fails ends the script, unless it has the option -noStop.");
}

std::string option_of(const OptionInfo& option) {
  auto text = std::string(option.help) + ".";
  if (option.arity == Arity::one_value) text += " Value: " + option.kind + ".";
  if (!option.default_text.empty()) text += " Default: " + option.default_text + ".";
  return tagged(bold(option.name), text);
}

std::string command_of(const CommandInfo& command) {
  auto text = roff::subsection(command.name) + running(std::string(command.summary) + ".");
  for (const auto& option : command.options) text += option_of(option);
  if (command.rest == Rest::options) text += tagged(bold(kNoStop), std::string(kNoStopHelp) + ".");
  return text + example(command.example);
}

std::string commands() {
  auto text = roff::section("COMMANDS");
  for (const auto& command : command_table()) text += command_of(command);
  return text;
}

}  // namespace

std::string man_script(const roff::Edition& edition) {
  return roff::page_title("GPSH-SCRIPT", 5, edition) + roff::section("NAME") +
         "gpsh\\-script \\- scripts for GlobalPlatform smart cards\n" + roff::section("DESCRIPTION") +
         running("gpsh(1) runs scripts in the language of GPShell. This page lists the language.") + lines() +
         commands() + roff::section("EXAMPLES") + running("List the applications of a card:") +
         example(
             "mode_211\n"
             "establish_context\n"
             "card_connect\n"
             "select -AID A000000003000000\n"
             "open_sc -security 1 -key 404142434445464748494a4b4c4d4e4f\n"
             "get_status -element 40\n"
             "card_disconnect\n"
             "release_context") +
         roff::section("SEE ALSO") + ".BR gpsh (1)\n";
}

}  // namespace gpsh::interpreter
