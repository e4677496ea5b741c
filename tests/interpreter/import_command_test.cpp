// SPDX-License-Identifier: Apache-2.0
// gpsh import as a person calls it, and what verify, doctor and --replay make of recordings.
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/support/program.h"
#include "tests/support/test_data.h"

namespace gpsh::test {
namespace {

using nlohmann::json;

constexpr auto kLog =
    "establish_context\n"
    "select\n"
    "Command --> 00A4040000\n"
    "Wrapped command --> 00A4040000\n"
    "Response <-- 6F009000\n"
    "Unwrapped response <-- 6F009000\n"
    "Command --> 80CA006600\n"
    "Wrapped command --> 80CA006600\n";

std::vector<json> lines_of(const std::string& recording) {
  std::istringstream in(recording);
  std::vector<json> lines;
  for (std::string text; std::getline(in, text);) lines.push_back(json::parse(text));
  return lines;
}

TEST(ImportCommand, MakesARecordingForItsOwnerAlone) {
  const WorkingFolder folder;
  folder.write("card.log", kLog);
  const auto run = folder.run({"import", "card.log", "-o", "card.jsonl"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(run.out, "card.jsonl: 2 exchanges of card.log (GPShell)\n");
  EXPECT_EQ(run.err, "");
  const auto mode = std::filesystem::status(folder.path("card.jsonl")).permissions();
  EXPECT_EQ(mode, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  const auto lines = lines_of(read_file(folder.path("card.jsonl")));
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0].at("imported_from"), "GPShell");
  EXPECT_EQ(lines[0].at("options").at("wire"), "gpshell");
  EXPECT_TRUE(lines[0].at("script").is_null());
  EXPECT_TRUE(lines[0].at("script_sha256").is_null());
  EXPECT_EQ(lines[1].at("wire"), "00A4040000");
  EXPECT_EQ(lines[1].at("response"), "6F009000");
  EXPECT_EQ(lines[2].at("failure").at("message"),
            "the imported log has no answer to the command in its line 8");
}

TEST(ImportCommand, WhatWasNotUnderstoodIsCounted) {
  const WorkingFolder folder;
  folder.write("card.log", "> 80CA006600\n< 6A88\n> 80CA00420\n< 9000\n");
  const auto run = folder.run({"import", "card.log", "-o", "card.jsonl", "--format", "json"});
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_EQ(json::parse(run.out), json::parse(R"({"log": "card.log", "recording": "card.jsonl",
      "tool": "arrows", "exchanges": 1, "not_understood": 2, "cut_line": 3})"));
  EXPECT_EQ(
      run.err,
      "gpsh: note[gpsh.log-entries]: card.log: 2 entries of the log could not be used; the one in line 3 "
      "was cut\n");
}

TEST(ImportCommand, ReplacesNoFile) {
  const WorkingFolder folder;
  folder.write("card.log", kLog);
  folder.write("card.jsonl", "mine");
  const auto run = folder.run({"import", "card.log", "-o", "card.jsonl"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.err,
            "gpsh: error[gpsh.recording-exists]: card.jsonl exists, and a recording never replaces a file\n"
            "  advice: give another name, or remove the file\n");
  EXPECT_EQ(read_file(folder.path("card.jsonl")), "mine");
}

TEST(ImportCommand, WhatHoldsNoExchangeMakesNoFile) {
  const WorkingFolder folder;
  folder.write("empty.log", "nothing here\n");
  const auto run = folder.run({"import", "empty.log", "-o", "card.jsonl"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.err.substr(0, run.err.find('\n')),
            "gpsh: error[gpsh.empty-log]: empty.log shows no command as it went to the card");
  EXPECT_EQ(folder.run({"import", "missing.log", "-o", "card.jsonl"}).exit_code, 2);
  EXPECT_FALSE(std::filesystem::exists(folder.path("card.jsonl")));
}

TEST(ImportCommand, PlaceThatCannotBeWritten) {
  const WorkingFolder folder;
  folder.write("card.log", kLog);
  const auto run = folder.run({"import", "card.log", "-o", "no/such/card.jsonl"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.err,
            "gpsh: error[gpsh.recording-failed]: cannot write the recording no/such/card.jsonl: No such file "
            "or directory\n"
            "  advice: give -o a place that can be written\n");
}

TEST(ImportCommand, RecordingIsNotImportedAgain) {
  const WorkingFolder folder;
  folder.write("card.log", kLog);
  ASSERT_EQ(folder.run({"import", "card.log", "-o", "card.jsonl"}).exit_code, 0);
  const auto run = folder.run({"import", "card.jsonl", "-o", "again.jsonl"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.err,
            "gpsh: error[gpsh.already-recording]: card.jsonl is a recording already\n"
            "  advice: use it as it is: gpsh verify, gpsh doctor and gpsh --replay read it\n");
}

TEST(ImportCommand, AnswersAScriptAsTheLogDoes) {
  const WorkingFolder folder;
  folder.write("card.log", kLog);
  // It lists readers and connects, which no log shows.
  folder.write("script.txt", "mode_211\nestablish_context\nlist_readers\ncard_connect\nselect\n");
  ASSERT_EQ(folder.run({"import", "card.log", "-o", "card.jsonl"}).exit_code, 0);
  const auto of_log = folder.run({"--replay", "card.log", "script.txt"});
  const auto run = folder.run({"--replay", "card.jsonl", "script.txt"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_NE(
      run.err.find(
          "1 exchange of card.jsonl was not asked for, it stands in line 3: GET DATA 0066 (card data): "),
      std::string::npos)
      << run.err;
  EXPECT_EQ(run.exit_code, of_log.exit_code);
}

TEST(ReplayLeftover, ShowsNoPin) {
  const WorkingFolder folder;
  folder.write("card.log",
               "> 00A4040000\n< 9000\n> 0020000104 31323334\n< 9000\n> 0020000104 31323334\n< 9000\n");
  folder.write("script.txt", "mode_211\nestablish_context\ncard_connect\nsend_apdu -sc 0 -APDU 00A4040000\n");
  const auto run = folder.run({"--replay", "card.log", "script.txt"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(
      run.err,
      "gpsh: warning[gpsh.replay-leftover]: 2 exchanges of card.log were not asked for, the first stands in "
      "line 3: VERIFY: CLA 00 INS 20 P1 00 P2 01, 4 data bytes (not shown), no Le\n"
      "  advice: the script does less than the one that was recorded\n");
}

TEST(ImportCommand, HasNoScriptForATest) {
  const WorkingFolder folder;
  folder.write("card.log", kLog);
  ASSERT_EQ(folder.run({"import", "card.log", "-o", "card.jsonl"}).exit_code, 0);
  const auto run = folder.run({"replay", "card.jsonl"});
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_NE(run.out.find("card.jsonl:1: it was imported from a log, so it has no script"), std::string::npos)
      << run.out;
  EXPECT_NE(run.out.find("advice: run a script against it: gpsh --replay card.jsonl SCRIPT"),
            std::string::npos);
}

/// A session recorded on the virtual card, a PUT KEY in it, whose plain data no recording has.
void record(const WorkingFolder& folder) {
  folder.write("keys.txt",
               "mode_211\nestablish_context\ncard_connect\nselect\n"
               "open_sc -security 3 -key 404142434445464748494A4B4C4D4E4F\n"
               "put_sc_key -keyver 0 -newkeyver 2 -enc_key 404142434445464748494A4B4C4D4E4F "
               "-mac_key 404142434445464748494A4B4C4D4E4F -kek_key 404142434445464748494A4B4C4D4E4F\n"
               "get_status -element 80\n");
  const auto run = folder.run({"--card", "virtual", "--record", "keys.jsonl", "keys.txt"});
  ASSERT_EQ(run.exit_code, 0) << run.out << run.err;
}

TEST(VerifyRecording, OfARun) {
  const WorkingFolder folder;
  record(folder);
  const auto run = folder.run({"verify", "keys.jsonl", "--format", "json"});
  EXPECT_EQ(run.exit_code, 0) << run.out << run.err;
  const auto channel = json::parse(run.out).at("keys.jsonl").at(0);
  EXPECT_EQ(channel.at("keys"), "default");
  EXPECT_EQ(channel.at("commands"), json::parse(R"({"total": 2, "verified": 2})"));
}

TEST(VerifyRecording, OneByteChangedIsFound) {
  const WorkingFolder folder;
  record(folder);
  auto text = read_file(folder.path("keys.jsonl"));
  text.replace(text.find("\"response\":\""), 12, "\"response\":\"F");
  folder.write("changed.jsonl", text);
  for (const auto* word : {"verify", "doctor"}) {
    const auto run = folder.run({word, "changed.jsonl"});
    EXPECT_EQ(run.exit_code, 2) << word;
    EXPECT_NE(run.err.find("error[gpsh.bad-recording]: changed.jsonl:"), std::string::npos) << run.err;
  }
}

TEST(DoctorRecording, OfARun) {
  const WorkingFolder folder;
  record(folder);
  const auto run = folder.run({"doctor", "keys.jsonl", "--format", "json"});
  EXPECT_EQ(run.exit_code, 0) << run.out << run.err;
  EXPECT_EQ(json::parse(run.out).at("keys.jsonl").at(0).at("protocol"), "SCP02");
}

TEST(ImportCommand, RecordingsVerifyAsTheirLogsDo) {
  const auto expected = outside_file("recordings/expected.json");
  if (!expected) GTEST_SKIP() << "recordings are not below GPSH_TEST_DATA";
  const WorkingFolder folder;
  const auto wanted = json::parse(read_file(*expected));
  for (const auto& [log, channels] : wanted.items()) {
    // A recording has no keys in it, so what the log's own keys showed cannot be shown again.
    const bool default_keys = std::all_of(channels.begin(), channels.end(), [](const json& channel) {
      return channel.at("keys").get<std::string>().starts_with("default");
    });
    const auto name = log + ".jsonl";
    const auto path = std::filesystem::absolute(expected->parent_path() / log).string();
    ASSERT_EQ(folder.run({"import", path, "-o", name}).exit_code, 0) << log;
    if (!default_keys) continue;
    EXPECT_EQ(json::parse(folder.run({"verify", "--format", "json", name}).out).at(name), channels) << log;
  }
}

}  // namespace
}  // namespace gpsh::test
