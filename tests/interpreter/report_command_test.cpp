// SPDX-License-Identifier: Apache-2.0
// gpsh report as a person calls it; tests/report looks at the page in a browser.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/program.h"
#include "tests/support/test_data.h"

namespace gpsh::test {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

constexpr auto kLog = "> 00A4040000\n< 9000\n> 80CA9F7F00\n< 6982\n";

TEST(ReportCommand, ThePageIsNamedLikeTheLog) {
  const WorkingFolder folder;
  folder.write("card.log", kLog);
  const auto run = folder.run({"report", "card.log"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(run.err, "");
  EXPECT_EQ(run.out, "card.html: 2 exchanges of card.log, 1 problem\n");
  EXPECT_THAT(read_file(folder.path("card.html")), StartsWith("<!doctype html><!-- gpsh report -->"));
}

TEST(ReportCommand, APageCanBeMadeAgainAndStdoutIsAFileToo) {
  const WorkingFolder folder;
  folder.write("card.log", kLog);
  EXPECT_EQ(folder.run({"report", "card.log", "-o", "page.html"}).exit_code, 0);
  EXPECT_EQ(folder.run({"report", "card.log", "-o", "page.html"}).exit_code, 0);
  const auto page = folder.run({"report", "card.log", "-o", "-"});
  EXPECT_EQ(page.out, read_file(folder.path("page.html")));
  EXPECT_THAT(page.out, EndsWith("</html>\n"));
}

TEST(ReportCommand, AnotherFileIsNeverReplaced) {
  const WorkingFolder folder;
  folder.write("card.log", kLog);
  const auto run = folder.run({"report", "card.log", "-o", "card.log"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.out, "");
  EXPECT_EQ(run.err,
            "gpsh: error[gpsh.report-exists]: card.log is there and is no report of gpsh\n"
            "  advice: give another name with -o, or move the file away\n");
  EXPECT_EQ(read_file(folder.path("card.log")), kLog);
}

TEST(ReportCommand, APlaceThatCannotBeWritten) {
  const WorkingFolder folder;
  folder.write("card.log", kLog);
  const auto run = folder.run({"report", "card.log", "-o", "missing/card.html"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.err,
            "gpsh: error[gpsh.report-failed]: cannot write the report missing/card.html: No such file or "
            "directory\n"
            "  advice: give -o a place that can be written\n");
  if (!std::ofstream("/dev/full")) return;
  const auto full = folder.run({"report", "card.log", "-o", "/dev/full"});
  EXPECT_EQ(full.err,
            "gpsh: error[gpsh.report-failed]: cannot write the report /dev/full: No space left on device\n"
            "  advice: give -o a place that can be written\n");
}

TEST(ReportCommand, OneLogOrTwoToCompare) {
  const WorkingFolder folder;
  folder.write("a.log", kLog);
  folder.write("b.log", "> 00A4040000\n< 6A82\n");
  const auto both = folder.run({"report", "--diff", "a.log", "b.log", "-o", "both.html"});
  EXPECT_EQ(both.exit_code, 0) << both.err;
  EXPECT_EQ(both.out, "both.html: 2 exchanges of a.log, 1 problem; 1 exchange of b.log, 1 problem\n");
  EXPECT_THAT(read_file(folder.path("both.html")), HasSubstr(R"("pairs":[{"same":false)"));
  const auto one = folder.run({"report", "--diff", "a.log"});
  EXPECT_EQ(one.exit_code, 2);
  EXPECT_EQ(one.err,
            "gpsh: error[gpsh.usage]: --diff compares two recordings or logs\n"
            "  advice: give both: gpsh report --diff A B -o FILE.html\n");
  const auto two = folder.run({"report", "a.log", "b.log"});
  EXPECT_EQ(two.exit_code, 2);
  EXPECT_EQ(two.err,
            "gpsh: error[gpsh.usage]: a report is made of one recording or log\n"
            "  advice: add --diff to compare two, or call gpsh report for each\n");
}

TEST(ReportCommand, WhatIsNoLog) {
  const WorkingFolder folder;
  folder.write("empty.log", "nothing here\n");
  const auto empty = folder.run({"report", "empty.log"});
  EXPECT_EQ(empty.exit_code, 2);
  EXPECT_THAT(empty.err, StartsWith("gpsh: error[gpsh.empty-log]: empty.log shows no command as it went"));
  EXPECT_THAT(folder.run({"report", "missing.log"}).err,
              StartsWith("gpsh: error[gpsh.unreadable-log]: cannot read the log missing.log: No such file or "
                         "directory\n"));
}

TEST(ReportCommand, AChangedRecordingIsRefusedWithItsLine) {
  const WorkingFolder folder;
  EXPECT_EQ(
      folder
          .run({"--card", "virtual", "--record", "a.jsonl", "-c", "establish_context\ncard_connect\nselect"})
          .exit_code,
      0);
  auto text = read_file(folder.path("a.jsonl"));
  text.replace(text.find("9000\""), 4, "6A82");
  folder.write("b.jsonl", text);
  const auto run = folder.run({"report", "b.jsonl"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, StartsWith("gpsh: error[gpsh.bad-recording]: b.jsonl:"));
}

TEST(ReportCommand, KeysOpenTheChannelAndAreNotInThePage) {
  const WorkingFolder folder;
  const std::string key = "000102030405060708090A0B0C0D0E0F";
  folder.write("card.log", kLog);
  const auto run = folder.run({"report", "card.log", "--key", key, "-o", "-"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, testing::Not(HasSubstr(key)));
  EXPECT_THAT(folder.run({"report", "card.log", "--key", "41"}).err,
              StartsWith("gpsh: error[gpsh.key-value]: the value of --key is not a key\n"));
}

}  // namespace
}  // namespace gpsh::test
