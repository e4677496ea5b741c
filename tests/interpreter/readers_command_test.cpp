// SPDX-License-Identifier: Apache-2.0
// gpsh --reader all as a person calls it. The virtual card has one reader; with eight, behind a PC/SC
// service: tests/pcsc/many_readers_test.sh.
#include <gmock/gmock.h>

#include <filesystem>

#include "tests/support/program.h"

namespace gpsh::test {
namespace {

using testing::HasSubstr;

constexpr auto kScript = "mode_211\nestablish_context\ncard_connect\nget_data -identifier C1 -noStop\n";

ProgramRun run_on_all(const WorkingFolder& folder, std::vector<std::string> more) {
  folder.write("a.txt", kScript);
  std::vector<std::string> arguments = {"--card", "virtual", "--reader", "all", "a.txt"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return folder.run(arguments);
}

/// Time is what it is: the number behind `before` becomes 0.
std::string without_time(std::string text, const std::string& before) {
  const auto at = text.find(before);
  if (at == std::string::npos) return text;
  const auto from = at + before.size();
  return text.replace(from, text.find_first_not_of("0123456789.", from) - from, "0");
}

TEST(ReadersCommand, OutputHasLabelsAndASummary) {
  const WorkingFolder folder;
  const auto run = run_on_all(folder, {});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(without_time(run.out, "good    "),
            "=== gpsh Virtual Card 00 ===\n"
            "mode_211\nestablish_context\ncard_connect\nget_data -identifier C1 -noStop\n"
            "C1020000\n"
            "=== Summary ===\n"
            "Reader                ATR                             Result  Time     APDUs\n"
            "gpsh Virtual Card 00  3BD518FF8191FE1FC38073C821100A  good    0 s  1\n"
            "1 reader: 1 good\n");
  EXPECT_EQ(run.err, "");
}

TEST(ReadersCommand, MessagesHaveTheirReaderToo) {
  const WorkingFolder folder;
  folder.write("b.txt", "establish_context\ncard_connect\nget_data -identifier 7777\n");
  const auto run = folder.run({"--card", "virtual", "--reader", "all", "--no-check", "b.txt"});
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_TRUE(
      run.err.starts_with("=== gpsh Virtual Card 00, messages ===\n"
                          "b.txt:3:1: error[gpsh.card-status]: "))
      << run.err;
  EXPECT_THAT(run.out, HasSubstr("1 reader: 1 failed\n"));
}

TEST(ReadersCommand, LinesOfJsonNameTheirReader) {
  const WorkingFolder folder;
  const auto run = run_on_all(folder, {"--format", "json"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr(R"({"reader":"gpsh Virtual Card 00","line":4,"command":"get_data",)"));
  EXPECT_THAT(
      without_time(run.out, R"("milliseconds":)"),
      HasSubstr(R"({"reader":"gpsh Virtual Card 00","atr":"3BD518FF8191FE1FC38073C821100A","run":"good",)"
                R"("exit_code":0,"milliseconds":0,"apdus":1,"bytes_sent":5,"bytes_received":6})"));
  EXPECT_EQ(run.out.find("==="), std::string::npos);
}

TEST(ReadersCommand, EachReaderIsRecorded) {
  const WorkingFolder folder;
  EXPECT_EQ(run_on_all(folder, {"--record", "tray"}).exit_code, 0);
  const auto recording = folder.path("tray/01-gpsh-Virtual-Card-00.jsonl");
  ASSERT_TRUE(std::filesystem::exists(recording));
  const auto replay = folder.run({"replay", "tray"});
  EXPECT_EQ(replay.exit_code, 0) << replay.out << replay.err;
  const auto again = run_on_all(folder, {"--record", "tray"});
  EXPECT_EQ(again.exit_code, 2);
  EXPECT_EQ(again.out, "") << "nothing was sent";
  EXPECT_EQ(
      again.err,
      "gpsh: error[gpsh.recording-exists]: tray/01-gpsh-Virtual-Card-00.jsonl exists, and a recording never "
      "replaces a file\n"
      "  advice: give another folder, or remove the file\n");
}

TEST(ReadersCommand, RecordingWantsAFolder) {
  const WorkingFolder folder;
  const auto run = run_on_all(folder, {"--record", "a.txt"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.err,
            "gpsh: error[gpsh.recording-failed]: a.txt is no folder, and none can be made there\n"
            "  advice: with --reader all, --record wants a folder: each reader gets a file in it\n");
}

TEST(ReadersCommand, EnvironmentMayNameAll) {
  const WorkingFolder folder;
  folder.write("a.txt", kScript);
  const auto run = folder.run({"--card", "virtual", "a.txt"}, "", {"GPSH_READER=all"});
  EXPECT_THAT(run.out, HasSubstr("=== Summary ==="));
}

TEST(ReadersCommand, ScriptWithErrorsTouchesNoCard) {
  const WorkingFolder folder;
  folder.write("c.txt", "frobnicate\n");
  const auto run = folder.run({"--card", "virtual", "--reader", "all", "c.txt"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.out, "");
  EXPECT_THAT(run.err, HasSubstr("unknown command frobnicate"));
}

TEST(ReadersCommand, KeepGoingIsForAllReaders) {
  const WorkingFolder folder;
  const auto run = folder.run({"--card", "virtual", "--keep-going", "-c", "exit"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.err,
            "gpsh: error[gpsh.usage]: --keep-going has a meaning only with --reader all\n"
            "  advice: leave it out, or run a script with --reader all\n");
  EXPECT_EQ(run_on_all(folder, {"--keep-going"}).exit_code, 0);
}

TEST(ReadersCommand, ShellAndInfoAreForOneCard) {
  const WorkingFolder folder;
  const auto info = folder.run({"--card", "virtual", "info", "--reader", "all"});
  EXPECT_EQ(info.exit_code, 2);
  EXPECT_EQ(
      info.err,
      "gpsh: error[gpsh.usage]: gpsh info is for one card, and --reader all (or GPSH_READER) names every "
      "one\n"
      "  advice: name one reader; gpsh readers lists them\n");
  const auto shell = folder.run({"--card", "virtual", "-i", "--reader", "all"});
  EXPECT_EQ(shell.exit_code, 2);
  EXPECT_THAT(shell.err, HasSubstr("the shell is for one card"));
}

}  // namespace
}  // namespace gpsh::test
