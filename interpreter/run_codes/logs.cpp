// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "interpreter/run_codes/run_codes.h"

namespace gpsh::interpreter::run_codes {
namespace {

using checks::Code;

/// What verify, doctor, explain, import and report read and write.
constexpr std::array kCodes = {
    Code{.code = "cut-hex",
         .meaning = "a line of a log ends in the middle of an APDU",
         .example = "gpshell script.txt > session.log\n",
         .remedy = "Take the log from its file: an APDU that is guessed would verify nothing",
         .causes = "a terminal or an editor cut long lines as the log was copied, or put in dots"},
    Code{.code = "empty-log",
         .meaning = "a file without a command as it went to the card",
         .example = "enable_trace\n",
         .remedy = "Make the log with a trace: enable_trace in a script, gp -d, opensc-tool -v",
         .causes = "a trace was not switched on as it was made, it holds results only, or it is of a tool "
                   "that gpsh does not read"},
    Code{.code = "log-entries",
         .severity = Severity::note,
         .meaning = "some entries of a log could not be used",
         .remedy = "Look at the lines that the message names, if something is missing in the result",
         .causes = "text of the tool looks like an APDU, or an answer stands without its command; the others "
                   "were used"},
    Code{.code = "no-exchange",
         .severity = Severity::warning,
         .meaning = "gpsh explain found no command in the log",
         .remedy = "Make the log with a trace",
         .causes = "a trace was not switched on as it was made, or it is of a tool that gpsh does not read"},
    Code{.code = "no-initialize-update",
         .severity = Severity::warning,
         .meaning = "a log without the start of a channel, so there is nothing to verify",
         .remedy = "Take a log that begins before the channel; gpsh explain reads the one you have",
         .causes = "the trace began later, INITIALIZE UPDATE was refused, or the tool does not log it"},
    Code{.code = "report-exists",
         .meaning = "the file of -o is there and is no report of gpsh",
         .remedy = "Give another name",
         .causes = "a name was mistyped, as that of the log itself; gpsh report replaces its own pages only"},
    Code{.code = "report-failed",
         .meaning = "the report cannot be written",
         .remedy = "Give -o a place that can be written",
         .causes = "the folder is missing, belongs to another user, or the disk is full"},
    Code{.code = "unreadable-log",
         .meaning = "a log that cannot be read",
         .remedy = "Check the path; verify, explain and import read files of any size",
         .causes = "the path is wrong or a folder, the file is of another user, or it has more than a word "
                   "takes at once"},
};

}  // namespace

std::span<const Code> logs() {
  return kCodes;
}

}  // namespace gpsh::interpreter::run_codes
