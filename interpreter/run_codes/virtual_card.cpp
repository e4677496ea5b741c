// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "interpreter/run_codes/run_codes.h"

namespace gpsh::interpreter::run_codes {
namespace {

using checks::Code;

/// Profiles, state files and serving of the virtual card.
constexpr std::array kCodes = {
    Code{.code = "bad-fault",
         .meaning = "a --fault that cannot be read",
         .example = "gpsh --card virtual --fault sw=6985@ins:E8#3 listgp211.txt\n",
         .remedy = "Write KIND@PLACE",
         .causes = "the kind is mistyped, or the place behind @ is neither a number, ins:XX nor *"},
    Code{.code = "bad-json",
         .meaning = "a profile or state file that is not JSON",
         .remedy = "Mend it there; gpsh card show NAME prints a profile to compare with",
         .causes = "a comma, quote or bracket is missing just before the place of the message, or it is "
                   "another kind of file"},
    Code{
        .code = "bad-profile",
        .meaning = "a profile with a member that is missing, of another form or unknown",
        .example = "gpsh card show generic-scp02\n",
        .remedy = "Compare it with docs/profile.schema.json",
        .causes = "it was written by hand, or is of an older gpsh; the message names the member by its path"},
    Code{.code = "no-vpcd",
         .meaning = "gpsh card serve finds no vpcd driver to be the card of",
         .remedy = "Start pcscd with the driver first, or give --vpcd HOST:PORT and --wait",
         .causes = "pcscd is not running, or runs without vsmartcard-vpcd, or listens elsewhere: the port of "
                   "the first reader is 35963"},
    Code{.code = "state-in-use",
         .meaning = "another gpsh has the card of this state file",
         .remedy = "End that one; two programs with one card would each undo what the other does",
         .causes = "gpsh card serve, or a script that still runs, keeps it"},
    Code{.code = "state-of-another-profile",
         .meaning = "the state file keeps a card of another profile than was named",
         .example = "gpsh --card virtual:jcop-j2a040,state=jcop.json listgp211.txt\n",
         .remedy = "Name that profile, or a file that does not exist yet",
         .causes = "the same file was used with two names"},
    Code{.code = "unknown-host",
         .meaning = "the host of --vpcd has no address",
         .remedy = "Give a name or number that ping finds",
         .causes = "it is mistyped, or the name server does not know it"},
    Code{.code = "unknown-profile",
         .meaning = "there is no built-in profile of this name",
         .example = "gpsh card profiles\n",
         .remedy = "Choose one of gpsh card profiles",
         .causes = "it is mistyped; or it is a file, whose name must end in .json to be taken for one"},
    Code{.code = "unreadable-profile",
         .meaning = "the file of a profile cannot be read",
         .remedy = "Check the path and its permissions",
         .causes = "its name is relative to the folder that gpsh runs in, or it is a folder, or belongs to "
                   "another user"},
    Code{.code = "unreadable-state",
         .meaning = "the state file cannot be read, or keeps no card",
         .example = "gpsh --card virtual:generic-scp02,state=card.json listgp211.txt\n",
         .remedy = "To begin a card, name a profile and a new file",
         .causes = "it is a profile and not a state: its kind is another; or virtual:FILE.json names a file "
                   "that is not there"},
    Code{.code = "unwritable-log",
         .meaning = "the file of --log cannot be written",
         .remedy = "Give --log a place that can be written",
         .causes = "the folder is missing, belongs to another user, or the disk is full"},
    Code{.code = "unwritable-state",
         .meaning = "the card cannot be kept in its file",
         .remedy = "Make room, or name another file; the file holds the card as it was before",
         .causes = "the folder is missing, belongs to another user, or the disk is full. What the last "
                   "command changed is not kept"},
};

}  // namespace

std::span<const Code> virtual_card() {
  return kCodes;
}

}  // namespace gpsh::interpreter::run_codes
