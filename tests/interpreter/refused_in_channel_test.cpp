// SPDX-License-Identifier: Apache-2.0
// What is said of send_apdu -sc 1 that the card answers with 6982.
#include <gmock/gmock.h>

#include "tests/support/program.h"

namespace gpsh::test {
namespace {

using testing::HasSubstr;
using testing::Not;

/// On a card that refuses the instruction 11.
ProgramRun run(const std::string& opening, const std::string& lines,
               const std::string& card = "generic-scp02") {
  const WorkingFolder folder;
  return folder.run({"--card", "virtual:" + card, "--fault", "sw=6982@ins:11", "-c",
                     "mode_211\nestablish_context\ncard_connect\nselect\nopen_sc " + opening +
                         " -key 404142434445464748494A4B4C4D4E4F\n" + lines});
}

TEST(RefusedInChannel, NamesTheLevelAndAHigherOne) {
  const auto refused = run("-security 1", "send_apdu -sc 1 -APDU 8011220000\n");
  EXPECT_EQ(refused.exit_code, 0) << "any status word is fine";
  EXPECT_THAT(refused.out, HasSubstr("send_APDU() returns 0x80206982"));
  EXPECT_THAT(
      refused.err,
      HasSubstr("-c:6:1: note[gpsh.refused-in-channel]: the command was refused in the open channel: "
                "6982, security status not satisfied\n"
                "  advice: the channel is open at level 1 (C-MAC): the application may want -security 3, "
                "or its privileges or its state do not allow this command\n"));
}

TEST(RefusedInChannel, NoHigherLevelWhereThereIsNone) {
  const auto refused = run("-security 3", "get_status -element 80\nsend_apdu -sc 1 -APDU 8011220000\n");
  EXPECT_THAT(refused.err,
              HasSubstr("  advice: the channel is open at level 3 (C-MAC + C-DEC), so none is missing: "
                        "the application, its privileges or its state do not allow this command\n"));
}

TEST(RefusedInChannel, AnImplicitChannelIsOver) {
  const auto refused = run("-security 1 -scp 2 -scpimpl 0x1A",
                           "get_status -element 80\nsend_apdu -sc 1 -APDU 8011220000\n", "generic-scp02-i1a");
  EXPECT_THAT(refused.err,
              HasSubstr("  advice: its C-MAC was wrong, or the application, its privileges or its state "
                        "do not allow it; the implicit channel is over, so open_sc again before the next "
                        "command\n"));
}

TEST(RefusedInChannel, NamesThePlainCommandThatEndedTheChannel) {
  const auto refused =
      run("-security 1", "send_apdu -APDU 80CA9F7F00\nsend_apdu -sc 1 -APDU 80F24000024F0000\n", "scp02-i55");
  EXPECT_THAT(
      refused.err,
      HasSubstr("-c:7:1: note[gpsh.refused-in-channel]: the command was refused in the open channel: "
                "6982, security status not satisfied\n"
                "  advice: the plain command of line 6 ended the channel: send it with -sc 1, or open_sc "
                "again\n"));
}

TEST(RefusedInChannel, ALockedCardIsTheReason) {
  const auto refused =
      run("-security 1", "send_apdu -sc 1 -APDU 80F0807F00\nsend_apdu -sc 1 -APDU 8011220000\n");
  EXPECT_THAT(refused.err, HasSubstr("not satisfied\n  advice: the card is in the state CARD_LOCKED"));
}

TEST(RefusedInChannel, NothingIsSaidOfOtherAnswersAndPlainCommands) {
  for (const auto* line : {"send_apdu -sc 1 -APDU 8012220000\n", "send_apdu -APDU 8011220000\n",
                           "send_apdu -sc 1 -APDU 8011220000 # gpsh:allow refused-in-channel\n"}) {
    EXPECT_THAT(run("-security 1", line).err, Not(HasSubstr("[gpsh.refused-in-channel]"))) << line;
  }
}

}  // namespace
}  // namespace gpsh::test
