// SPDX-License-Identifier: Apache-2.0
// Recordings made with the program on the virtual card, and replayed with it as tests.
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/interpreter/script_files.h"
#include "tests/support/program.h"

#include "sessions/recording.h"
#include "tests/support/test_data.h"
#include <gmock/gmock.h>

namespace gpsh::test {
namespace {

using ::testing::HasSubstr;

constexpr auto kSmall = "establish_context\ncard_connect\nselect\nget_data -identifier 66\n";

/// The card a script names in its own comments, and the exit code.
std::string named_in(const std::string& text, const std::string& what, const std::string& otherwise) {
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with(what)) return line.substr(what.size());
  }
  return otherwise;
}

/// Records `script` as NAME.txt in NAME.jsonl.
ProgramRun record(const WorkingFolder& folder, const std::string& name, const std::string& script) {
  folder.write(name + ".txt", script);
  return folder.run({"--card", "virtual:" + named_in(script, "#card ", "generic-scp02"), "--record",
                     name + ".jsonl", name + ".txt"});
}

class RecordedScript : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(RecordedScript, ReplaysGreen) {
  const WorkingFolder folder;
  write_script_files(folder);
  const auto script = read_file(GetParam());
  const auto run = record(folder, "a", script);
  EXPECT_EQ(run.exit_code, std::stoi(named_in(script, "#exit ", "0"))) << run.err;
  const auto recording = read_file(folder.path("a.jsonl"));
  EXPECT_TRUE(sessions::parse_recording(recording, "a.jsonl").complete);
  EXPECT_EQ(recording.find("404142434445464748"), std::string::npos) << "a key";
  const auto replay = folder.run({"replay", "a.jsonl", "--junit", "a.xml"});
  EXPECT_EQ(replay.exit_code, 0) << replay.out << replay.err;
  EXPECT_EQ(replay.out, "ok    a.jsonl\n1 passed, 0 failed\n");
  EXPECT_THAT(read_file(folder.path("a.xml")), HasSubstr("tests=\"1\" failures=\"0\" errors=\"0\""));
  const auto again = folder.run({"--replay", "a.jsonl", "a.txt"});
  EXPECT_EQ(again.exit_code, run.exit_code) << again.err;
}

std::vector<std::filesystem::path> scripts() {
  std::vector<std::filesystem::path> found;
  for (const auto* folder : {"examples", "tests/scripts"}) {
    for (const auto& entry : std::filesystem::directory_iterator(source_file(folder))) {
      if (entry.path().extension() == ".txt") found.push_back(entry.path());
    }
  }
  std::ranges::sort(found);
  return found;
}

INSTANTIATE_TEST_SUITE_P(All, RecordedScript, ::testing::ValuesIn(scripts()), [](const auto& one) {
  auto name = one.param.parent_path().filename().string() + "_" + one.param.stem().string();
  std::ranges::replace(name, '-', '_');
  return name;
});

TEST(Replay, EveryFlippedByteIsRed) {
  const WorkingFolder folder;
  ASSERT_EQ(record(folder, "good", kSmall).exit_code, 0);
  const auto good = read_file(folder.path("good.jsonl"));
  std::filesystem::create_directory(folder.path("bad"));
  folder.write("bad/good.txt", kSmall);
  for (std::size_t at = 0; at < good.size(); ++at) {
    auto bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 1);
    folder.write("bad/" + std::to_string(at) + ".jsonl", bad);
  }
  const auto run = folder.run({"replay", "bad", "--jobs", "2"});
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_TRUE(run.out.ends_with("\n0 passed, " + std::to_string(good.size()) + " failed\n")) << run.out;
}

TEST(Replay, EditedScriptIsRedAtItsPlace) {
  const WorkingFolder folder;
  ASSERT_EQ(record(folder, "a", kSmall).exit_code, 0);
  const std::string advice =
      "\n  the script is not the one that was recorded (its SHA-256 is another)\n"
      "  advice: if the script is right as it is now, record it anew\n0 passed, 1 failed\n";
  const auto replayed = [&](const std::string& script) {
    folder.write("a.txt", script);
    return folder.run({"replay", "a.jsonl"}).out;
  };
  EXPECT_EQ(replayed("establish_context\ncard_connect\nselect\nget_data -identifier 42\n"),
            "FAIL  a.jsonl [changed-script]\n  a.txt:4: the script has \"get_data -identifier 42\" here, "
            "recorded is \"get_data "
            "-identifier 66\" in line 4" +
                advice);
  EXPECT_EQ(replayed("establish_context\ncard_connect\nselect\n"),
            "FAIL  a.jsonl [changed-script]\n  a.txt: the script ends here, recorded is \"get_data "
            "-identifier 66\" in line 4" +
                advice);
  EXPECT_EQ(replayed(std::string(kSmall) + "get_data -identifier 42\n"),
            "FAIL  a.jsonl [changed-script]\n  a.txt:5: the script goes on with \"get_data -identifier 42\" "
            "in line 5, the recorded "
            "run did not (a.jsonl, line 13)" +
                advice);
  EXPECT_EQ(
      replayed("# new\n" + std::string(kSmall)),
      "FAIL  a.jsonl [changed-script]\n  a.txt:2: the script has \"establish_context\" here, recorded is "
      "\"establish_context\" "
      "in line 1" +
          advice);
  EXPECT_EQ(replayed(std::string(kSmall) + "# the end\n"),
            "FAIL  a.jsonl [changed-script]\n  a.txt: the script is not the one that was recorded (its "
            "SHA-256 is another), but it "
            "does "
            "the same: a comment, a blank, a printed text or a line that does not run was changed\n"
            "  advice: if the script is right as it is now, record it anew\n0 passed, 1 failed\n");
}

TEST(Replay, EditedHiddenValueShowsBothApdus) {
  const WorkingFolder folder;
  const std::string start = "establish_context\ncard_connect\nsend_apdu -APDU ";
  ASSERT_EQ(record(folder, "a", start + "80CA006600\n").exit_code, 0);
  folder.write("a.txt", start + "80CA004200\n");
  EXPECT_EQ(
      folder.run({"replay", "a.jsonl"}).out,
      "FAIL  a.jsonl [changed-script]\n"
      "  a.txt:3: the script sends another command than the recording: P2 is 42, recorded is 66\n"
      "  script: GET DATA 0042 (issuer identification number): CLA 80 INS CA P1 00 P2 42, no data, Le 256\n"
      "  recorded (a.jsonl, line 8): GET DATA 0066 (card data): CLA 80 INS CA P1 00 P2 66, no data, Le 256\n"
      "  the script is not the one that was recorded (its SHA-256 is another)\n"
      "  advice: if the script is right as it is now, record it anew\n0 passed, 1 failed\n");
}

TEST(Replay, MissingScript) {
  const WorkingFolder folder;
  ASSERT_EQ(record(folder, "a", kSmall).exit_code, 0);
  std::filesystem::remove(folder.path("a.txt"));
  EXPECT_EQ(folder.run({"replay", "a.jsonl"}).out,
            "FAIL  a.jsonl [missing-script]\n  a.jsonl:1: the script a.txt is not there\n"
            "  advice: keep script and recording where they were to each other\n0 passed, 1 "
            "failed\n");
  EXPECT_EQ(folder.run({"--card", "virtual", "--record", "b.jsonl", "-c", "establish_context"}).exit_code, 0);
  EXPECT_THAT(folder.run({"replay", "b.jsonl"}).out,
              HasSubstr("b.jsonl:1: the recorded script was no file, so it cannot be run again"));
}

TEST(Replay, KeysMayComeFromTheEnvironment) {
  const WorkingFolder folder;
  folder.write(
      "a.txt",
      "mode_211\nestablish_context\ncard_connect\nselect\nopen_sc -security 3 -key ${CARD_KEY}\nget_status "
      "-element 80\n");
  const std::string key = "CARD_KEY=404142434445464748494A4B4C4D4E4F";
  ASSERT_EQ(folder.run({"--card", "virtual", "--record", "a.jsonl", "a.txt"}, "", {key}).exit_code, 0);
  EXPECT_EQ(folder.run({"replay", "a.jsonl"}, "", {key}).exit_code, 0);
  const auto wrong = folder.run({"replay", "a.jsonl"}, "", {"CARD_KEY=00112233445566778899AABBCCDDEEFF"});
  EXPECT_EQ(wrong.exit_code, 1);
  EXPECT_THAT(wrong.out,
              HasSubstr("a.txt:5: 2 recorded exchanges were not asked for, the first is (a.jsonl, line 15) "
                        "EXTERNAL AUTHENTICATE (security level 03): CLA 84"));
  EXPECT_THAT(wrong.out, HasSubstr("\n  the command failed with card-cryptogram: "));
}

TEST(Replay, FoldersFormatsAndExitCodes) {
  const WorkingFolder folder;
  std::filesystem::create_directory(folder.path("cards"));
  ASSERT_EQ(record(folder, "cards/b", kSmall).exit_code, 0);
  ASSERT_EQ(record(folder, "cards/a", kSmall).exit_code, 0);
  folder.write("cards/notes.md", "no recording");
  EXPECT_EQ(folder.run({"replay", "cards"}).out,
            "ok    cards/a.jsonl\nok    cards/b.jsonl\n2 passed, 0 failed\n");
  EXPECT_EQ(folder.run({"replay", "cards", "--tap"}).out,
            "TAP version 13\n1..2\nok 1 - cards/a.jsonl\nok 2 - cards/b.jsonl\n# 2 passed, 0 failed\n");
  EXPECT_THAT(folder.run({"replay", "cards", "--format", "json"}).out,
              HasSubstr("\"passed\": 2,\n  \"failed\": 0\n"));
  std::filesystem::create_directory(folder.path("empty"));
  const auto empty = folder.run({"replay", "empty"});
  EXPECT_EQ(empty.exit_code, 2);
  EXPECT_EQ(empty.err,
            "gpsh: error[gpsh.no-recordings]: there is no recording (*.jsonl) in empty\n"
            "  advice: gpsh --record NAME.jsonl SCRIPT makes one\n");
  const auto absent = folder.run({"replay", "absent"});
  EXPECT_EQ(absent.exit_code, 2);
  EXPECT_EQ(absent.err,
            "gpsh: error[gpsh.no-such-recording]: absent is not there\n"
            "  advice: name recordings, or folders that hold them\n");
  const auto unwritable = folder.run({"replay", "cards", "--junit", "absent/j.xml"});
  EXPECT_EQ(unwritable.exit_code, 2);
  EXPECT_THAT(
      unwritable.err,
      HasSubstr("error[gpsh.unwritable-file]: cannot write absent/j.xml: No such file or directory\n"));
}

TEST(Record, FailedRunIsReplayedAsFailed) {
  const WorkingFolder folder;
  EXPECT_EQ(
      record(folder, "a", "establish_context\ncard_connect\nselect -AID A0000000041010\nselect\n").exit_code,
      1);
  EXPECT_EQ(folder.run({"replay", "a.jsonl"}).exit_code, 0);
  EXPECT_THAT(read_file(folder.path("a.jsonl")),
              HasSubstr(R"({"event":"result","status":"failed","code":"card-status","sw":"6A82")"));
}

TEST(Record, PutKeyUnderAPublicKeyIsWarnedOfAndItsPlainFormLeftOut) {
  const WorkingFolder folder;
  const auto run =
      record(folder, "a",
             "mode_211\nestablish_context\ncard_connect\nselect\nopen_sc -security 3 -key "
             "404142434445464748494A4B4C4D4E4F\nsend_apdu -sc 1 -APDU 80D800810711223344556677\n");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(
      run.err,
      HasSubstr(
          "a.txt:6:1: warning[gpsh.recording-discloses-keys]: this channel was opened with a public test "
          "key, so whoever has the recording can decrypt the keys of this PUT KEY\n"));
  const auto recording = read_file(folder.path("a.jsonl"));
  EXPECT_EQ(recording.find("11223344556677"), std::string::npos);
  EXPECT_THAT(recording, HasSubstr(R"("plain":"80D80081","hidden":7,"wire":"84D80081)"));
  EXPECT_EQ(folder.run({"replay", "a.jsonl"}).exit_code, 0);
}

TEST(Record, FullDiskStopsTheRunBeforeTheCard) {
  const WorkingFolder folder;
  const auto run = folder.run({"--card", "virtual", "--record", "/dev/full", "-c",
                               "establish_context\ncard_connect -noStop\nselect -noStop\nprint on"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(
      run.err,
      "-c:2:1: error[gpsh.recording-failed]: cannot write the recording /dev/full: No space left on device\n"
      "  card_connect -noStop\n"
      "  ^^^^^^^^^^^^\n"
      "  advice: nothing more is sent to the card; record to a place that can be written\n");
  EXPECT_EQ(run.out.find("select"), std::string::npos) << run.out;
}

TEST(Record, ExistingFileIsKept) {
  const WorkingFolder folder;
  folder.write("a.jsonl", "precious");
  const auto run = folder.run({"--card", "virtual", "--record", "a.jsonl", "-c", "establish_context"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.out, "");
  EXPECT_EQ(read_file(folder.path("a.jsonl")), "precious");
}

TEST(Record, ReplayOfALogCanBeRecorded) {
  const auto log = outside_file("golden/scp02-55-list-all.out");
  const auto script = outside_file("golden/scp02-55-list-all.txt");
  if (!log || !script) GTEST_SKIP() << "golden/scp02-55-list-all is not below GPSH_TEST_DATA";
  const WorkingFolder folder;
  folder.write("a.txt", read_file(*script));
  ASSERT_EQ(folder.run({"--replay", log->string(), "--record", "a.jsonl", "a.txt"}).exit_code, 0);
  const auto replay = folder.run({"replay", "a.jsonl"});
  EXPECT_EQ(replay.exit_code, 0) << replay.out;
}

}  // namespace
}  // namespace gpsh::test
