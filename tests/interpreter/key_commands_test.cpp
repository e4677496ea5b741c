// SPDX-License-Identifier: Apache-2.0
// What key commands, store_data and the card data commands print and send.
#include <gmock/gmock.h>

#include "gp/key_information.h"
#include "interpreter/json_values.h"
#include "tests/interpreter/golden_replay.h"
#include "tests/interpreter/scripted_access.h"

namespace gpsh::test {
namespace {

using testing::HasSubstr;

constexpr auto kConnect = "establish_context\ncard_connect\n";
constexpr auto kThreeKeys =
    " -enc_key 505152535455565758595a5b5c5d5e5f -mac_key 606162636465666768696a6b6c6d6e6f -kek_key "
    "707172737475767778797a7b7c7d7e7f";

ScriptRun run_on(const ScriptedConnection& card, const std::string& text, const ScriptOptions& options = {}) {
  ScriptedAccess access(card);
  auto unchecked = options;  // what the check would stop must be stopped by the commands too
  unchecked.checked = false;
  return run_text(kConnect + text, access, unchecked);
}

/// The lines after those of kConnect.
std::string printed(const ScriptRun& run) {
  return run.out.substr(std::string(kConnect).size());
}

TEST(DeleteKey, AbsentKeyIsPrintedAndTheScriptGoesOn) {
  ScriptedConnection card;
  card.expect("80E4008003 D20102 00", "6A88");
  const auto run = run_on(card, "mode_211\ndelete_key -keyver 2\nprint on\n");
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_EQ(
      printed(run),
      "mode_211\ndelete_key -keyver 2\ndelete_key() return 0x80206A88 (6A88: Referenced data not found.)\n"
      "# on\n\n");
  EXPECT_EQ(
      run.err,
      "script.txt:4:1: warning[gpsh.card-status]: DELETE [key] was refused: 6A88, referenced data not found\n"
      "  delete_key -keyver 2\n"
      "  ^^^^^^^^^^\n"
      "  sent 80E4008003D2010200, answered 6A88\n"
      "  advice: it is not on the card: nothing was deleted\n");
}

TEST(DeleteKey, AnyOtherRefusalStops) {
  ScriptedConnection card;
  card.expect("80E4008003 D20102 00", "6982");
  const auto run = run_on(card, "mode_211\ndelete_key -keyver 2\nprint on\n");
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_EQ(
      printed(run),
      "mode_211\ndelete_key -keyver 2\ndelete_key() return 0x80206982 (6982: Command not allowed - Security "
      "status not satisfied.)\n");
}

TEST(DeleteKey, NeitherVersionNorIndexSendsNothing) {
  for (const std::string line : {"delete_key", "delete_key -keyver 0", "delete_key -keyind 255"}) {
    const auto run = run_on({}, line + "\nprint on\n");
    EXPECT_EQ(run.exit_code, 0);
    EXPECT_EQ(printed(run),
              line +
                  "\ndelete_key() return 0x8030C000 (The combination of key set version and key index is "
                  "invalid.)\n# on\n\n");
    EXPECT_EQ(
        run.err,
        "script.txt:3:1: warning[gpsh.key-selection]: there is neither a key version nor a key identifier to "
        "delete\n  " +
            line + "\n  ^^^^^^^^^^\n  advice: give -keyver, -keyind or both; nothing was sent to the card\n");
  }
}

TEST(DeleteKey, IndexIsNotKeptForLaterCommands) {
  ScriptedConnection card;
  card.expect("80E4008003 D00100 00", "00 9000")
      .expect("80E4008003 D20102 00", "00 9000")
      .expect("80CA006600", "6A88")
      .expect("8050000008 0001020304050607 00", "6982");
  const auto run = run_on(card,
                          "mode_211\ndelete_key -keyind 0\ndelete_key -keyver 2\nopen_sc -security 1 -key "
                          "404142434445464748494a4b4c4d4e4f\n");
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_THAT(run.out, HasSubstr("mutual_authentication() returns 0x80206982")) << run.err;
}

TEST(PutScKey, NothingIsSentWithoutAChannel) {
  const auto run = run_on({}, std::string("mode_211\nput_sc_key -newkeyver 1") + kThreeKeys + "\n");
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.out,
              HasSubstr("put_secure_channel_keys() returns 0x8030F000 (keys are sent through a secure "
                        "channel only, and none is open)"));
}

TEST(PutScKey, VersionZeroIsNone) {
  const auto run = run_on({}, std::string("mode_211\nput_sc_key") + kThreeKeys + "\n");
  EXPECT_THAT(run.out, HasSubstr("put_secure_channel_keys() returns 0x80308000 (Wrong key version.)\n"));
  EXPECT_THAT(run.err,
              HasSubstr("error[gpsh.key-version]: new keys cannot get version 0; key versions are 1 to "
                        "127\n"));
}

TEST(PutScKey, DerivationThatFailsHasItsOwnLine) {
  for (const auto& [method, label] :
       {std::pair("visa2", "VISA2"), std::pair("visa1", "VISA1"), std::pair("emvcps11", "EMV_CPS11")}) {
    const auto run = run_on({}, std::string("mode_211\nput_sc_key -newkeyver 1 -key "
                                            "404142434445464748494a4b4c4d4e4f -keyDerivation ") +
                                    method + "\n");
    EXPECT_THAT(run.out,
                HasSubstr(std::string("\n") + label + "_derive_keys() returns 0x8030F000 (keys are sent"));
  }
}

TEST(PutDmKeys, WhatIsMissingIsSaidAsGpshellSaysIt) {
  const auto line = [](const std::string& script) {
    const auto run = run_on({}, script + "\n");
    EXPECT_EQ(run.exit_code, 2);
    const auto lines = lines_of(run.out);
    return lines.back();
  };
  EXPECT_EQ(line("put_dm_token_keys -file x.pem"), "Error: put_dm_token_keys only supported in GP211 mode");
  EXPECT_EQ(line("mode_211\nput_dm_token_keys"), "Error: put_dm_token_keys requires -file");
  EXPECT_EQ(line("put_dm_receipt_keys -key 404142434445464748494a4b4c4d4e4f"),
            "Error: put_dm_receipt_keys only supported in GP211 mode");
  EXPECT_EQ(line("mode_211\nput_dm_receipt_keys"), "Error: put_dm_receipt_keys requires -key");
  EXPECT_EQ(line("put_dm_keys -file x.pem"), "Error: put_dm_keys requires -key");
  EXPECT_EQ(line("mode_211\nput_dm_token_keys -file no-such-file.pem"),
            "put_delegated_management_token_keys() returns 0x00000002 (No such file or directory)");
  EXPECT_EQ(
      line("mode_211\nput_dm_token_keys -file " + source_file("README.md").string()),
      "put_delegated_management_token_keys() returns 0x8030F00C (the file is not a PEM file with a key)");
  EXPECT_EQ(line("mode_211\nput_dm_token_keys -keyType 88 -file x.pem"),
            "put_delegated_management_token_keys() returns 0x8030A000 (Wrong key type.)");
}

TEST(PutDmKeys, TokenKeyIsSent) {
  ScriptedConnection card;
  card.expect(
      "80D800018A 70 "
      "A18180A27EC0D4F4CE7F1EF5B2570B0DA9F9FB5932700E7B7583EAB36E85AFFB8A251AFA822ABA0C06185EC39FB683"
      "E74A33E309D83142CA3851D01CB70DDA1744B9ACDBF2D9FE0ED805C2D57C22488DF96CE209BA4291AE176B118DC32D25085846"
      "A5"
      "B87284C092CAC51EBA45B07E6E465C88695EE7D695E8E14CEFB9F8C671FF6537 A003010001 00 00",
      "70 9000");
  const auto run = run_on(card, "mode_211\nput_dm_token_keys -pass opensesame -file " +
                                    source_file("tests/data/pem/rsa-encrypted.pem").string() + "\n");
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(run.out.find("opensesame"), std::string::npos);
}

TEST(StoreData, DefaultFormatIsZeroAndGpshellsIsTwo) {
  ScriptedConnection card;
  card.expect("80E2800002 4200", "9000").expect("80E2900002 4200", "9000");
  const std::string script = "mode_211\nstore_data -data 4200\nstore_data -data 4200 -dataFormat 0x10\n";
  EXPECT_EQ(run_on(card, script).exit_code, 0);
  ScriptedConnection as_gpshell;
  as_gpshell.expect("80E2820002 4200", "9000").expect("80E2900002 4200", "9000");
  EXPECT_EQ(run_on(as_gpshell, script, {.wire = gp::Wire::gpshell}).exit_code, 0);
}

TEST(StoreData, OpenPlatformHasNone) {
  const auto run = run_on({}, "store_data -data 4200\n");
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(printed(run),
            "store_data -data 4200\nstore_data() returns 0x8030F000 (Open Platform 2.0.1 has no STORE "
            "DATA)\n");
  EXPECT_EQ(run.err,
            "script.txt:3:1: error[gpsh.needs-mode-211]: Open Platform 2.0.1 has no STORE DATA\n"
            "  store_data -data 4200\n"
            "  ^^^^^^^^^^\n"
            "  advice: put mode_211 before card_connect; nothing was sent to the card\n");
}

TEST(StoreData, RefusalIsPrinted) {
  ScriptedConnection card;
  card.expect("80E2810000", "6A80");
  const auto run = run_on(card, "mode_211\nstore_data -responseDataExpected 1\n");
  EXPECT_THAT(
      run.out,
      HasSubstr("store_data() returns 0x80206A80 (6A80: Wrong data / Incorrect values in command data.)\n"));
}

TEST(KeyInformationTemplates, OfAnyNumberAndInBothModes) {
  for (const std::string mode : {"mode_201", "mode_211"}) {
    ScriptedConnection card;
    card.expect("80CA00E000", "E006C00401018110 9000").expect("80CA02E000", "6A88");
    const auto run = run_on(
        card, mode + "\nget_key_information_templates\nget_key_information_templates -keyTemplate 2\n");
    EXPECT_EQ(printed(run),
              mode +
                  "\nget_key_information_templates\n"
                  "ID  | Version | Type   | Length | Usage | Access \n"
                  "--  | --      | --     | --     | --    | --     \n"
                  "1   | 1       | 81     | 16     | 00    | 00     \n"
                  "get_key_information_templates -keyTemplate 2\n"
                  "get_key_information_templates() returns 0x80206A88 (6A88: Referenced data not found.)\n");
  }
}

// A fresh security domain (GPCS 2.3.1 section 11.3.3.1.1).
TEST(KeyInformationTemplates, AnEmptyEntryIsAnEmptyList) {
  ScriptedConnection card;
  card.expect("80CA00E000", "E002C000 9000");
  const auto run = run_on(card, "mode_211\nget_key_information_templates\n");
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_EQ(printed(run),
            "mode_211\nget_key_information_templates\n"
            "ID  | Version | Type   | Length | Usage | Access \n");
}

TEST(KeyInformationTemplates, JsonCallsAParameterReferenceSo) {
  const auto keys =
      interpreter::key_templates_json(gp::parse_key_information(hex("E008 C006 01 70 B040 F000")));
  EXPECT_EQ(keys.at("keys").at(0).at("components").dump(),
            R"([{"type":"B0","name":"elliptic curve public key","length":64},)"
            R"({"type":"F0","name":"elliptic curve parameters reference","reference":"00"}])");
}

TEST(ExtendedCardResources, UnreadableAnswerIsAnError) {
  ScriptedConnection card;
  card.expect("80CAFF2100", "FF210F8101 9000");
  const auto run = run_on(card, "mode_211\nget_extended_card_resources_information\n");
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_THAT(run.out,
              HasSubstr("get_extended_card_resources_information() returns 0x8030F00B (The response of the "
                        "command was invalid.)\n"));
}

TEST(GetData, AnswersOfMoreThanOneApdu) {
  ScriptedConnection card;
  card.expect("80CA2F0000", std::string(512, 'A') + "6110")
      .expect("00C0000010", std::string(32, 'B') + "9000");
  const auto run = run_on(card, "get_data -identifier 2F00\n");
  EXPECT_EQ(printed(run),
            "get_data -identifier 2F00\n" + std::string(512, 'A') + std::string(32, 'B') + "\n");
}

/// The run of GPShell with one answer changed, and what gpsh makes of it.
ScriptRun with_answer(const Golden& run, const std::string& answer, const std::string& changed) {
  auto log = run.log;
  for (auto at = log.find(answer); at != std::string::npos; at = log.find(answer, at + 1)) {
    log.replace(at, answer.size(), changed);
  }
  return replay(log, run.script).run;
}

TEST(PutScKey, WrongCheckValueStops) {
  const auto run = golden("scp02-55-putkeys-1");
  if (!run) GTEST_SKIP() << "golden/scp02-55-putkeys-1 is not below GPSH_TEST_DATA";
  const auto changed = with_answer(*run, "01A4B7D69DCB14E933479000", "01A4B7D69DCB14E933489000");
  EXPECT_EQ(changed.exit_code, 1);
  EXPECT_TRUE(changed.out.ends_with(
      "put_secure_channel_keys() returns 0x8030B000 (Key check value reported does not match.)\n"));
  EXPECT_THAT(changed.err,
              HasSubstr("advice: the card may hold other keys than the ones meant: keep the old key set"));
}

TEST(PutScKey, NewKeysAreToldByTheirCheckValues) {
  const auto run = golden("scp02-55-putkeys-2");
  if (!run) GTEST_SKIP() << "golden/scp02-55-putkeys-2 is not below GPSH_TEST_DATA";
  const auto replayed = replay(run->log, run->script);
  EXPECT_THAT(
      replayed.run.err,
      HasSubstr("note[gpsh.new-keys]: key version 2 now holds the new keys, check values ENC 8BAF47, MAC "
                "8BAF47, DEK 8BAF47\n"));
  EXPECT_THAT(replayed.run.err,
              HasSubstr("advice: open a channel with them before the old ones are deleted\n"));
}

TEST(PutScKey, RefusedAesKeysNameTheOtherForm) {
  const auto run = golden("scp03-70-putkeys-1");
  if (!run) GTEST_SKIP() << "golden/scp03-70-putkeys-1 is not below GPSH_TEST_DATA";
  const auto changed = with_answer(*run, "01F2A8DFD7D0E4DCC3AC9000", "6A80");
  EXPECT_THAT(changed.err,
              HasSubstr("advice: the card may want AES keys in the other form: try -keyFormat "
                        "lengthPrefixed; keys can be replaced only by keys of the same type and length"));
}

}  // namespace
}  // namespace gpsh::test
