// SPDX-License-Identifier: Apache-2.0
// gpsh help --complete, what the completion scripts of the shells ask.
#include <gtest/gtest.h>

#include "tests/support/program.h"

namespace gpsh::test {
namespace {

std::string completed(const std::string& words) {
  const WorkingFolder folder;
  return folder.run({"help", "--complete=" + words}).out;
}

TEST(CommandLineCompletion, WordsOfOneBeginning) {
  EXPECT_EQ(completed("repl\n"), "replay\trun recordings as tests\n#files\n");
  EXPECT_EQ(completed("card\npro\n"), "profiles\tlist the built-in profiles\n");
}

TEST(CommandLineCompletion, NothingBegunIsWordsAndScripts) {
  const auto all = completed("\n");
  EXPECT_TRUE(all.starts_with("run\trun a script, ")) << all;
  EXPECT_TRUE(all.ends_with("\n#files\n")) << all;
}

TEST(CommandLineCompletion, AScriptEndsTheWords) {
  EXPECT_EQ(completed("list.txt\nrepl\n"), "");
  EXPECT_EQ(completed("list.txt\n--rep\n"),
            "--replay\tanswer from this recording or GPShell log instead of a card\n");
}

TEST(CommandLineCompletion, ValuesOfOptions) {
  EXPECT_EQ(completed("--wire\n\n"), "gpsh\ngpshell\n");
  EXPECT_EQ(completed("verify\n--format\n\n"), "text\njson\n");
  EXPECT_EQ(completed("--wire=gpshe\n"), "--wire=gpshell\n");
  EXPECT_EQ(completed("--record\n\n"), "#files\n");
  EXPECT_EQ(completed("--fixed-host-challenge\n\n"), "");
  EXPECT_EQ(completed("--no-such-option=\n"), "");
}

TEST(CommandLineCompletion, Cards) {
  const auto all = completed("--card\n\n");
  EXPECT_TRUE(all.starts_with("pcsc\ta reader\nvirtual\tthe virtual card\nvirtual:card-locked\t")) << all;
  EXPECT_EQ(all.find("#files"), std::string::npos) << all;
  EXPECT_EQ(completed("--card\nvirtual:mine\n"), "#files virtual:\n");
  EXPECT_TRUE(completed("--card=virtual:nok\n").ends_with("\n#files --card=virtual:\n"));
  EXPECT_EQ(completed("--card\nvirtual:t0-card,\n"),
            "virtual:t0-card,state=\tthe file that keeps the card\n#files virtual:\n");
  EXPECT_EQ(completed("--card\nvirtual:t0-card,state=a,b\n"), "#files virtual:t0-card,state=\n");
  EXPECT_EQ(completed("--card\nplastic,\n"), "");
}

TEST(CommandLineCompletion, FilesBehindAnEqualsSign) {
  EXPECT_EQ(completed("--record=a\n"), "#files --record=\n");
  EXPECT_EQ(completed("card\nserve\n--profile=mine\n"), "#files --profile=\n");
}

TEST(CommandLineCompletion, AValueIsNoWord) {
  EXPECT_EQ(completed("--record\ncard\nprof\n"), "#files\n");
  EXPECT_EQ(completed("--lenient\ncard\nprof\n"), "profiles\tlist the built-in profiles\n");
}

TEST(CommandLineCompletion, OptionsThatTheWordTakes) {
  EXPECT_EQ(
      completed("replay\n--j\n"),
      "--junit\talso write JUnit XML to this file\n--jobs\treplays at a time; default: one per processor\n");
  EXPECT_EQ(completed("replay\n--ke\n").substr(0, 7), "--keys\t");
  EXPECT_EQ(completed("doctor\n--reco\n"), "");
  EXPECT_EQ(completed("run\n--reco\n").substr(0, 9), "--record\t");
  EXPECT_EQ(completed("readers\n--format\n\n"), "text\njson\n");
  EXPECT_EQ(completed("check\n--format=\n"), "--format=text\n--format=json\n--format=sarif\n");
}

TEST(CommandLineCompletion, AProfileCanBeAFile) {
  const auto all = completed("card\nshow\n\n");
  EXPECT_TRUE(all.starts_with("card-locked\t")) << all;
  EXPECT_TRUE(all.ends_with("\n#files\n")) << all;
}

TEST(CommandLineCompletion, TopicsOfHelp) {
  EXPECT_EQ(completed("help\nopen\n"),
            "open_sc\tOpen a secure channel: mutual authentication with the selected security domain\n");
  EXPECT_EQ(completed("help\nno-d\n").substr(0, 7), "no-dek\t");
  EXPECT_EQ(completed("help\nopen_sc\n\n"), "");
}

TEST(CommandLineCompletion, IsNotInHelp) {
  const WorkingFolder folder;
  EXPECT_EQ(folder.run({"help", "--help"}).out.find("--complete"), std::string::npos);
}

}  // namespace
}  // namespace gpsh::test
