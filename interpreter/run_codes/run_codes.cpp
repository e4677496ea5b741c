// SPDX-License-Identifier: Apache-2.0
#include "interpreter/run_codes/run_codes.h"

#include <fmt/format.h>

#include <array>

namespace gpsh::interpreter::run_codes {
namespace {

constexpr std::string_view kIntroduction =
    "# What a run says\n\n"
    "Made by `gpsh help codes --markdown` from the tables of codes.\n\n"
    "Each message has a code in its brackets: `error[gpsh.card-mute]`. Codes are stable, messages are not: "
    "programs look for\nthe code, which JSON and JUnit have too. Here stands what a run or another word of "
    "gpsh says; what is wrong with a\nscript the check says ([checks.md](checks.md)), and a run may say it "
    "again. `gpsh help CODE` explains a code of\neither page, `gpsh help codes --format json` gives all of "
    "this one.\n\n"
    "Of errors the exit code tells who has to act: 1 the card or channel said no, 2 the script, a file or "
    "the command line,\n3 no reader or card, 70 a fault of gpsh. Warnings and notes stop nothing, and "
    "`# gpsh:allow CODE` at the end of a line\nof the script silences them.\n";

}  // namespace

std::span<const Topic> topics() {
  static const std::array kTopics = {
      Topic{"Readers and cards", readers()},
      Topic{"Opening a channel", opening()},
      Topic{"What is told of a channel", opening_remarks()},
      Topic{"Authentications that failed", ledger()},
      Topic{"Answers of the card", responses()},
      Topic{"Load files and applications", content()},
      Topic{"Keys", keys()},
      Topic{"Recordings", recordings()},
      Topic{"Replays", replays()},
      Topic{"Logs and reports", logs()},
      Topic{"The virtual card", virtual_card()},
      Topic{"Command line and output", program()},
      Topic{"Faults of gpsh", faults()},
  };
  return kTopics;
}

std::string overview() {
  std::string text = "Codes of a run and of the words of gpsh:\n";
  for (const auto& topic : topics()) {
    text += fmt::format("\n{}:\n", topic.title);
    for (const auto& code : topic.codes) text += checks::overview_line(code);
  }
  return text + "\ngpsh help CODE tells what to do; gpsh help checks lists what the check says.\n";
}

std::string markdown() {
  std::string text(kIntroduction);
  for (const auto& topic : topics()) {
    text += fmt::format("\n## {}\n", topic.title);
    for (const auto& code : topic.codes) text += checks::code_markdown(code, "### ");
  }
  return text;
}

}  // namespace gpsh::interpreter::run_codes
