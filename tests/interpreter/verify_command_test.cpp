// SPDX-License-Identifier: Apache-2.0
// gpsh verify as a person calls it.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/program.h"

namespace gpsh::test {
namespace {

using nlohmann::json;

// Recording gpshell-26: SCP03 with the default key, level 33.
constexpr auto kLevel33 =
    "A>> T=1 (4+0008) 80500000 08 7E7B7BD6BBACED6B 00\n"
    "A<< (0029+2) (45ms) 00000346020614090044010360DF5BF9B50B977F64D0E982BC2F7192A6 9000\n"
    "A>> T=1 (4+0016) 84823300 10 EAE9727A80E0C4ED6FD4D796189BFA61\n"
    "A<< (0000+2) (25ms) 9000\n"
    "A>> T=1 (4+0024) 84F22002 18 2E6E5F29A91803C860002029900ADB6B635596FC98472E2B 00\n"
    "A<< (0024+2) (25ms) E7044E45CF0177E526398B2DD243B6E48E68E4AA46646813 9000\n";
// Host challenge and answer of recording gpshell-21.
constexpr auto kNotOpened =
    "> 80 50 00 00 08 D0 67 FF 31 27 45 EB E5\n"
    "< 00 00 21 61 96 00 59 64 45 05 01 02 00 0E 2E 07 A5 F0 A5 8F 61 79 01 CC 45 90 8A 6D 90 00\n";

TEST(VerifyCommand, SaysWhatIsRightAndWhatWasDecrypted) {
  const WorkingFolder folder;
  folder.write("card.log", kLevel33);
  const auto run = folder.run({"verify", "card.log"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(run.out,
            "card.log:5: GET STATUS (load files): command data 4F00\n"
            "card.log:5: GET STATUS (load files): response data E30D4F07A00000015153509F700101\n"
            "card.log:1: SCP03 i=60, key version 01, keys: default\n"
            "  card cryptogram right, host cryptogram right, C-MAC of EXTERNAL AUTHENTICATE right\n"
            "  level 33 (C-MAC + C-DEC + R-MAC + R-ENC): 1 of 1 commands right, 1 of 1 responses right, "
            "1 response decrypted\n");
  EXPECT_EQ(run.err, "");
}

TEST(VerifyCommand, SaysWhatIsWrongAndWhere) {
  const WorkingFolder folder;
  std::string log = kLevel33;
  log.replace(log.find("98472E2B"), 8, "98472E2C");
  folder.write("card.log", log);
  const auto run = folder.run({"verify", "card.log"});
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_NE(
      run.out.find("card.log:5: wrong: GET STATUS (load files): the C-MAC is wrong under every variant\n"),
      std::string::npos)
      << run.out;
  EXPECT_NE(run.out.find("0 of 1 commands right"), std::string::npos) << run.out;
}

TEST(VerifyCommand, SecuredCommandWithoutExternalAuthenticate) {
  const WorkingFolder folder;
  std::string log = kLevel33;
  const auto authenticate = log.find("A>> T=1 (4+0016)");
  log.erase(authenticate, log.find("A>> T=1 (4+0024)") - authenticate);
  folder.write("card.log", log);
  const auto run = folder.run({"verify", "card.log"});
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_EQ(run.out,
            "card.log:1: SCP03 i=60, key version 01, keys: default\n"
            "  card cryptogram right; wrong: 1 secured command, but no EXTERNAL AUTHENTICATE in the log\n");
  const auto as_json = folder.run({"verify", "--format", "json", "card.log"});
  EXPECT_EQ(as_json.exit_code, 1);
  const auto channel = json::parse(as_json.out).at("card.log").at(0);
  EXPECT_TRUE(channel.at("level").is_null());
  EXPECT_EQ(channel.at("commands"), json::parse(R"({"total": 1, "verified": 0})"));
}

TEST(VerifyCommand, Json) {
  const WorkingFolder folder;
  folder.write("a.log", std::string(kLevel33) + kNotOpened);
  folder.write("b.log", "nothing here\n");
  const auto run = folder.run({"verify", "--format", "json", "a.log", "b.log"});
  EXPECT_EQ(run.exit_code, 1) << "b.log has no exchange: " << run.err;
  const auto expected = json::parse(R"({
    "a.log": [
      {"protocol": "SCP03", "i": "60", "key_version": "01", "keys": "default", "card_cryptogram_ok": true,
       "level": "33", "host_cryptogram_ok": true, "external_authenticate_mac_ok": true,
       "commands": {"total": 1, "verified": 1}, "responses": {"total": 1, "verified": 1},
       "decrypted_responses": 1},
      {"protocol": "SCP02", "i": null, "key_version": "01", "keys": "default", "card_cryptogram_ok": true,
       "level": null, "host_cryptogram_ok": false, "external_authenticate_mac_ok": false,
       "commands": {"total": 0, "verified": 0}, "responses": null, "decrypted_responses": 0}],
    "b.log": []})");
  EXPECT_EQ(json::parse(run.out), expected);
  EXPECT_EQ(
      run.err,
      "gpsh: warning[gpsh.no-initialize-update]: b.log has no INITIALIZE UPDATE with its host challenge and "
      "a good answer\n"
      "  advice: record the session with its APDUs: enable_trace in GPShell, -d in GlobalPlatformPro, -s in "
      "opensc-tool (OpenSC), --apdu in pcscd (pcsc-lite); logs of JCShell, securo-gp, GPJ and pySim are read "
      "too, as is any text with commands and responses in hex\n");
}

TEST(VerifyCommand, ImplicitChannel) {
  const WorkingFolder folder;
  folder.write("a.txt",
               "mode_211\nestablish_context\ncard_connect\nselect -AID A000000003000000\n"
               "open_sc -security 1 -scp 2 -scpimpl 0x1A -key 404142434445464748494A4B4C4D4E4F\n"
               "get_status -element 80\nget_status -element 40\n");
  ASSERT_EQ(folder.run({"--card", "virtual:generic-scp02-i1a", "--record", "a.jsonl", "a.txt"}).exit_code, 0);
  const auto text = folder.run({"verify", "a.jsonl"});
  EXPECT_EQ(text.exit_code, 0) << text.err;
  EXPECT_EQ(text.out,
            "a.jsonl:16: SCP02 i=1A, opened implicitly, keys: default\n"
            "  its first C-MAC right\n"
            "  level 01 (C-MAC): 2 of 2 commands right\n");
  const auto run = folder.run({"verify", "--format", "json", "a.jsonl"});
  EXPECT_EQ(json::parse(run.out), json::parse(R"({"a.jsonl": [
      {"protocol": "SCP02", "i": "1A", "key_version": null, "keys": "default", "card_cryptogram_ok": null,
       "level": "01", "host_cryptogram_ok": null, "external_authenticate_mac_ok": null,
       "commands": {"total": 2, "verified": 2}, "responses": null, "decrypted_responses": 0}]})"));
}

TEST(VerifyCommand, KeysThatFitNothingAndKeysThatAreGiven) {
  const WorkingFolder folder;
  // The first answer with a cryptogram that nothing makes.
  std::string log = kNotOpened;
  log.replace(log.find("8A 6D"), 5, "8A 6E");
  folder.write("card.log", log);
  const std::string key = "0102030405060708090A0B0C0D0E0F10";
  const auto text = folder.run({"verify", "card.log", "--key", key});
  EXPECT_EQ(text.exit_code, 1);
  EXPECT_EQ(text.out,
            "card.log:1: wrong: INITIALIZE UPDATE: no key known here makes this card cryptogram\n"
            "card.log:1: SCP02, key version 01, keys: none fits\n"
            "  give the card's keys with --key, or --enc and --mac\n");
  const auto run = folder.run({"verify", "card.log", "--format", "json", "--enc", key, "--mac", key});
  const auto channel = json::parse(run.out).at("card.log").at(0);
  EXPECT_EQ(channel.at("keys"), "none fits");
  EXPECT_TRUE(channel.at("commands").is_null());
  EXPECT_EQ((text.out + run.out + text.err + run.err).find(key), std::string::npos);
}

TEST(VerifyCommand, LogWithoutAChannelHasNothingToCheck) {
  const WorkingFolder folder;
  folder.write("refused.log", "> 80CA006600\n< 6985\n");
  folder.write("card.log", kNotOpened);
  for (const auto& files : {std::vector<std::string>{"refused.log"}, {"refused.log", "card.log"}}) {
    std::vector<std::string> words = {"verify"};
    words.insert(words.end(), files.begin(), files.end());
    const auto run = folder.run(words);
    EXPECT_EQ(run.exit_code, 0);
    EXPECT_NE(run.err.find("warning[gpsh.no-initialize-update]: refused.log"), std::string::npos) << run.err;
  }
}

TEST(VerifyCommand, FileWithoutAnExchangeIsNotVerified) {
  const WorkingFolder folder;
  folder.write("empty.log", "");
  folder.write("card.log", kNotOpened);
  EXPECT_EQ(folder.run({"verify", "card.log", "empty.log"}).exit_code, 1);
  const auto run = folder.run({"verify", "--format", "json", "empty.log"});
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_EQ(json::parse(run.out), json::parse(R"({"empty.log": []})"));
}

TEST(VerifyCommand, EntriesThatCannotBeUsedAreTold) {
  const WorkingFolder folder;
  folder.write("card.log", std::string(kNotOpened) + "> 80CA006600\n< 6A8\n");
  const auto run = folder.run({"verify", "card.log"});
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_EQ(run.err,
            "gpsh: note[gpsh.log-entries]: card.log: 1 entry of the log could not be used; the one in line 4 "
            "was cut\n");
}

TEST(VerifyCommand, MissingFile) {
  const WorkingFolder folder;
  folder.write("card.log", kNotOpened);
  const auto run = folder.run({"verify", "--format", "json", "card.log", "missing.log"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.err,
            "gpsh: error[gpsh.unreadable-log]: cannot read the log missing.log: No such file or directory\n"
            "  advice: check the path and its permissions\n");
  EXPECT_EQ(run.out, "");
}

TEST(VerifyCommand, SameNameTwiceIsToldApart) {
  const WorkingFolder folder;
  folder.write("card.log", kNotOpened);
  const auto run = folder.run({"verify", "--format", "json", "card.log", "./card.log"});
  const auto all = json::parse(run.out);
  EXPECT_EQ(all.at("card.log").size(), 1U);
  EXPECT_EQ(all.at("./card.log").size(), 1U);
}

TEST(ReplayCommand, AnswersFromALogOfAnotherTool) {
  const WorkingFolder folder;
  folder.write("card.log",
               "A>> T=1 (4+0009) 00A40400 09 A000000167413000FF\n"
               "A<< (0000+2) (15ms) 6A82\n");
  folder.write("script.txt", "mode_211\nestablish_context\ncard_connect\nselect -AID A000000167413000FF\n");
  const auto run = folder.run({"--replay", "card.log", "script.txt"});
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_NE(run.out.find("select_application() returns 0x80216A82"), std::string::npos) << run.out << run.err;
}

}  // namespace
}  // namespace gpsh::test
