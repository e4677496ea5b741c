// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "interpreter/run_codes/run_codes.h"

namespace gpsh::interpreter::run_codes {
namespace {

using checks::Code;

/// What the program says of its command line and its output.
constexpr std::array kCodes = {
    Code{.code = "interrupted",
         .meaning = "the run was ended by Ctrl-C or a signal",
         .remedy = "Look with get_status at what is on the card; an authentication that was under way counts "
                   "as failed, as nobody knows how it ended",
         .causes = "somebody asked for it; no APDU was cut in the middle, and the card was reset"},
    Code{.code = "unreachable-path",
         .meaning = "a path that cannot even be looked at",
         .remedy = "Check the names and permissions of its folders",
         .causes = "a folder above it cannot be entered, a link leads to itself, or a name is too long"},
    Code{.code = "unreadable-script",
         .meaning = "the script cannot be read",
         .example = "gpsh run ./verify\n",
         .remedy = "Check the name; a script that is named like a word runs with gpsh run",
         .causes = "its name is mistyped, is relative to another folder, or was meant as a word of gpsh; the "
                   "message has the reason of the system"},
    Code{.code = "unwritable-file",
         .meaning = "the file of --junit cannot be written",
         .remedy = "Give it a place that can be written",
         .causes = "the folder is missing, belongs to another user, or the disk is full"},
    Code{.code = "unwritable-output",
         .meaning = "what was printed did not all arrive",
         .remedy =
             "What the script did on the card is done; run get_status to see it rather than the script again",
         .causes = "stdout is a full disk or a pipe whose reader has ended, as | head does"},
    Code{.code = "usage",
         .meaning = "the command line, or a line of the shell, does not make sense",
         .remedy = "See gpsh --help, or gpsh WORD --help for the options of a word",
         .causes =
             "an option is mistyped, stands with a word that does not take it, or two exclude each other"},
};

}  // namespace

std::span<const Code> program() {
  return kCodes;
}

}  // namespace gpsh::interpreter::run_codes
