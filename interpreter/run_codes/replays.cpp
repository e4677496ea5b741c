// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "interpreter/run_codes/run_codes.h"

namespace gpsh::interpreter::run_codes {
namespace {

using checks::Code;

/// What differs from what was recorded.
constexpr std::array kCodes = {
    Code{.code = "changed-script",
         .meaning = "the script is not the one that was recorded",
         .example = "gpsh --record NAME.jsonl SCRIPT\n",
         .remedy = "Look whether the change is meant; if so, record anew",
         .causes = "it was edited after the recording was made; where the change matters, the message names "
                   "the first command that differs. A comment counts too, as the recording holds the SHA-256 "
                   "of the text"},
    Code{.code = "missing-script",
         .meaning = "a recording whose script is not where it was",
         .example = "gpsh --replay session.jsonl script.txt\n",
         .remedy = "Keep the two where they were to each other, or name a script",
         .causes = "one of the two was moved, the recorded script was -c or stdin, or the recording was "
                   "imported from a log and has none"},
    Code{.code = "no-recordings",
         .meaning = "gpsh replay found nothing to run",
         .example = "gpsh --record NAME.jsonl SCRIPT\n",
         .remedy = "Name recordings, or make one",
         .causes = "the folders hold no file whose name ends with .jsonl"},
    Code{.code = "no-such-recording",
         .meaning = "gpsh replay was given a path that is not there",
         .remedy = "Name recordings, or folders that hold them",
         .causes = "it is relative to another folder, or a pattern that the shell did not expand"},
    Code{.code = "replay-command",
         .meaning = "the script has a command where the recorded run had another, or none",
         .remedy = "Look whether the change is meant; if so, record anew",
         .causes = "lines were added, removed or changed"},
    Code{.code = "replay-end",
         .meaning = "the script sends more than the recording holds",
         .remedy = "Replay the script that was recorded, or record anew",
         .causes = "it is another script, or goes on where the recorded one ended; a log of GPShell without "
                   "a host challenge ends a channel so"},
    Code{.code = "replay-exit",
         .meaning = "the run ended with another exit code than the recorded one",
         .remedy = "Look whether the change is meant; if so, record anew",
         .causes = "gpsh, or the script, now judges the same answers otherwise"},
    Code{.code = "replay-incomplete",
         .meaning = "the recording ends in the middle",
         .remedy = "Record the session again",
         .causes = "the recorded run was killed, or the disk was full, so the file has no end"},
    Code{.code = "replay-le",
         .severity = Severity::note,
         .meaning = "the recorded command has no Le where that of the script has Le 00",
         .remedy = "Nothing is to be done",
         .causes = "other tools leave it out, and cards take the two for the same; it is told once for the "
                   "whole replay"},
    Code{.code = "replay-leftover",
         .meaning = "the recording holds exchanges that nobody asked for",
         .remedy = "Look whether the change is meant; if so, record anew",
         .causes = "the script does less than the recorded one. With --replay it is a warning, in gpsh "
                   "replay the test fails"},
    Code{.code = "replay-mismatch",
         .meaning = "the script sends other bytes than the recording holds",
         .remedy = "Mend the script, or record anew. For logs of GPShell try --wire gpshell, for those of "
                   "other tools gpsh explain shows what they sent",
         .causes = "keys, AIDs, versions or options differ, or gpsh builds the command otherwise than the "
                   "recorded tool; the message names the first field that differs"},
    Code{.code = "replay-no-answer",
         .meaning = "the recording has the command and no answer",
         .remedy = "Record the session again, unless it is the failure that is to be tested",
         .causes = "the card was pulled, or the reader failed, as it was recorded; or the log was cut there"},
    Code{.code = "replay-result",
         .meaning = "a command ended otherwise than when it was recorded",
         .remedy = "Look whether the change is meant; if so, record anew",
         .causes = "gpsh, or an option of the script, now judges the same answer otherwise"},
    Code{.code = "script-errors",
         .meaning = "the script of a recording has errors, so that it cannot run",
         .remedy = "gpsh check SCRIPT tells all of them",
         .causes = "it was edited, or the check has become stricter since"},
};

}  // namespace

std::span<const Code> replays() {
  return kCodes;
}

}  // namespace gpsh::interpreter::run_codes
