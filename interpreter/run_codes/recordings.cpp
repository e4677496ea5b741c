// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "interpreter/run_codes/run_codes.h"

namespace gpsh::interpreter::run_codes {
namespace {

using checks::Code;

/// Files of --record.
constexpr std::array kCodes = {
    Code{.code = "already-recording",
         .meaning = "gpsh import was given a recording of gpsh",
         .remedy = "Use it as it is: gpsh verify, explain, doctor, report and --replay read it",
         .causes = "a recording and a log of another tool look alike by their names"},
    Code{.code = "bad-recording",
         .meaning = "a recording that is not as gpsh wrote it",
         .remedy = "Record the session again: a recording that was changed proves nothing. A log of another "
                   "tool becomes one with gpsh import",
         .causes = "a line was edited, removed or moved, so that its check value does not fit; the file was "
                   "cut; or it is another kind of file. The message names the line"},
    Code{.code = "empty-recording",
         .meaning = "a recording without a line",
         .remedy = "Record the session again",
         .causes = "the run was ended before it reached a card"},
    Code{.code = "recording-exists",
         .meaning = "--record names a file that is there",
         .example = "gpsh --record run-2.jsonl script.txt\n",
         .remedy = "Give another name",
         .causes = "the script ran before; a recording never replaces a file, as it may be the only witness "
                   "of what was done to a card"},
    Code{.code = "recording-failed",
         .meaning = "the recording cannot be written",
         .remedy = "Record to a place that can be written. What the script did up to there is done; nothing "
                   "more was sent, as it would have no witness",
         .causes = "the folder is missing or belongs to another user, the disk is full; with --reader all it "
                   "must be a folder"},
    Code{.code = "recording-version",
         .meaning = "the recording is of a newer form than this gpsh reads",
         .remedy = "Use that one",
         .causes = "a later gpsh made it"},
};

}  // namespace

std::span<const Code> recordings() {
  return kCodes;
}

}  // namespace gpsh::interpreter::run_codes
