// SPDX-License-Identifier: Apache-2.0
// # gpsh:allow CODE.
#include <gtest/gtest.h>

#include "tests/interpreter/checked.h"
#include "tests/interpreter/scripted_access.h"

namespace gpsh::test {
namespace {

TEST(CheckAllow, SilencesItsCodeOnItsLine) {
  const std::string script = kSelected + "open_sc -security 0x33 -key " + kTestKey;
  for (const std::string comment :
       {" # gpsh:allow hex-number", " #gpsh:allow gpsh.hex-number", " // gpsh:allow hex-number",
        " # gpsh:allow key-in-clear,hex-number", " # gpsh:allow key-in-clear hex-number"}) {
    EXPECT_EQ(told(script + comment + "\n"), "") << comment;
  }
  EXPECT_NE(told(script + " # gpsh:allow key-in-clear\n").find("note[gpsh.hex-number]"), std::string::npos);
  EXPECT_NE(told(script + " # see gpsh:allow hex-number\n").find("note[gpsh.hex-number]"), std::string::npos);
  EXPECT_NE(told("# gpsh:allow hex-number\n" + script + "\n").find("note[gpsh.hex-number]"),
            std::string::npos);
}

TEST(CheckAllow, CommandsWithoutOptionsToo) {
  EXPECT_EQ(told("visa_key_derivation # gpsh:allow old-command\n"), "");
}

TEST(CheckAllow, RemarksOfTheRunToo) {
  EXPECT_EQ(told("mode_211 # gpsh:allow public-key gpsh.keys-proven\n"), "");
  const auto noted = [](const std::string& comment) {
    ScriptedConnection card;
    card.expect("80F24002024F0000", "6A88");
    ScriptedAccess access(card);
    const auto run = run_text(
        "mode_211\nestablish_context\ncard_connect\nget_status -element 40 " + comment + "\n", access);
    EXPECT_EQ(run.exit_code, 0) << run.err;
    return run.err;
  };
  EXPECT_EQ(noted("# gpsh:allow no-channel"),
            "script.txt:4:1: note[gpsh.empty-listing]: the card has no entry of this kind (6A88)\n");
  EXPECT_EQ(noted("# gpsh:allow no-channel empty-listing"), "");
}

TEST(CheckAllow, ErrorsStay) {
  EXPECT_NE(told("open_cs # gpsh:allow unknown-command\n").find("error[gpsh.unknown-command]"),
            std::string::npos);
}

TEST(CheckAllow, FilesToo) {
  const auto files = files_of({{"a.cap", SmallCap{}.zipped()}});
  EXPECT_EQ(
      told(interpreter::check_files(
          bound(kOpened + "install -file a.cap -pkgAID F0000000010002 # gpsh:allow aid-mismatch\n"), files)),
      "");
}

TEST(CheckAllow, UnknownCodeIsToldWithItsNeighbour) {
  EXPECT_EQ(told("mode_211 # gpsh:allow hex-numbr\n"),
            "list.txt:1:23: warning[gpsh.unknown-code]: no check has the code hex-numbr\n"
            "  mode_211 # gpsh:allow hex-numbr\n"
            "                        ^^^^^^^^^\n"
            "  advice: did you mean hex-number?\n");
  EXPECT_EQ(told("mode_211 # gpsh:allow frobnication\n"),
            "list.txt:1:23: warning[gpsh.unknown-code]: no check has the code frobnication\n"
            "  mode_211 # gpsh:allow frobnication\n"
            "                        ^^^^^^^^^^^^\n"
            "  advice: gpsh help checks lists the codes\n");
}

}  // namespace
}  // namespace gpsh::test
