// SPDX-License-Identifier: Apache-2.0
// gpsh keys and --keys as a person calls them.
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/support/program.h"
#include "tests/support/test_data.h"

namespace gpsh::test {
namespace {

using nlohmann::json;
namespace files = std::filesystem;

constexpr auto kDefault = "404142434445464748494A4B4C4D4E4F";
// GlobalPlatformPro at 7f524e3fe96b, TestPlaintextKeys.java, as in tests/data/diversification.vec.
constexpr auto kData = "00010203040506070809";

TEST(KeysKcv, SaysCheckValuesByLength) {
  const WorkingFolder folder;
  const auto one = folder.run({"keys", "kcv", "--key", kDefault});
  EXPECT_EQ(one.exit_code, 0) << one.err;
  // 8BAF47 and 504A77: the check values GlobalPlatformPro prints for this key.
  EXPECT_EQ(
      one.out,
      "16 bytes: 3DES 8BAF47, AES 504A77 (the GlobalPlatform test key 404142434445464748494A4B4C4D4E4F)\n");
  // FIPS-197's 192-bit key.
  const auto two = folder.run(
      {"keys", "kcv", "--key", kDefault, "--key", "000102030405060708090A0B0C0D0E0F1011121314151617"});
  EXPECT_NE(two.out.find("key 1, 16 bytes: 3DES 8BAF47"), std::string::npos) << two.out;
  EXPECT_NE(two.out.find("key 2, 24 bytes: AES "), std::string::npos) << two.out;
}

TEST(KeysKcv, Json) {
  const WorkingFolder folder;
  const auto run = folder.run({"keys", "kcv", "--key", kDefault, "--format", "json"});
  EXPECT_EQ(json::parse(run.out), json::parse(R"([{"bytes": 16, "kcv_3des": "8BAF47", "kcv_aes": "504A77",
      "public_test_key": true}])"));
}

TEST(KeysKcv, WrongKeyIsNotShown) {
  const WorkingFolder folder;
  const auto run = folder.run({"keys", "kcv", "--key", "40414243"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.err,
            "gpsh: error[gpsh.key-value]: the value of --key is not a key\n"
            "  advice: give 16, 24 or 32 bytes as hex digits\n");
}

TEST(KeysDerive, SaysCheckValuesOnly) {
  const WorkingFolder folder;
  const auto run =
      folder.run({"keys", "derive", "--key", kDefault, "--derivation", "visa2", "--data", kData});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(run.out, "visa2 for SCP02: ENC 2BE598, MAC 58DA38, DEK 3C328E (3DES check values)\n");
  const auto other = folder.run({"keys", "derive", "--key", kDefault, "--derivation", "emv", "--data", kData,
                                 "--protocol", "scp02", "--format", "json"});
  EXPECT_EQ(json::parse(other.out), json::parse(R"({"derivation": "emvcps11", "protocol": "SCP02",
      "enc": "C33013", "mac": "6F4CA6", "dek": "BB8179"})"));
}

TEST(KeysDerive, WrongData) {
  const WorkingFolder folder;
  const auto run =
      folder.run({"keys", "derive", "--key", kDefault, "--derivation", "visa2", "--data", "0001"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.err,
            "gpsh: error[gpsh.derivation-data]: the value of --data is not 10 bytes in hex\n"
            "  advice: give the first 10 bytes of the card's answer to INITIALIZE UPDATE\n");
}

constexpr auto kOther = "00112233445566778899AABBCCDDEEFF";
constexpr auto kScript =
    "mode_211\nestablish_context\ncard_connect\nselect\nopen_sc -security 1 -key ${CARD_KEY}\n";

void write_private(const WorkingFolder& folder, const std::string& name, const std::string& text) {
  folder.write(name, text);
  files::permissions(folder.path(name), files::perms::owner_read | files::perms::owner_write);
}

TEST(KeysFile, NamesKeysBeforeTheEnvironment) {
  const WorkingFolder folder;
  folder.write("a.txt", kScript);
  write_private(folder, "lines", "# my card\nCARD_KEY = " + std::string(kDefault) + "  # all three\n\n");
  write_private(folder, "json", R"({"CARD_KEY": ")" + std::string(kDefault) + "\"}");
  for (const auto* file : {"lines", "json"}) {
    const auto run =
        folder.run({"--card", "virtual", "--keys", file, "a.txt"}, "", {"CARD_KEY=" + std::string(kOther)});
    EXPECT_EQ(run.exit_code, 0) << run.out << run.err;
    EXPECT_NE(run.out.find("-key ${CARD_KEY}"), std::string::npos) << run.out;
  }
}

TEST(KeysFile, AKeyOfItsOwnIsShownNowhere) {
  const WorkingFolder folder;
  folder.write("a.txt", kScript);
  write_private(folder, "keys", "CARD_KEY=" + std::string(kOther));
  const auto run = folder.run({"--card", "virtual", "--keys", "keys", "--trace", "gpshell", "a.txt"}, "",
                              {"CARD_KEY=" + std::string(kDefault)});
  EXPECT_EQ(run.exit_code, 1) << "the key of the file is not the card's";
  EXPECT_NE(run.out.find("mutual_authentication() returns 0x80302000"), std::string::npos) << run.out;
  for (const auto& stream : {run.out, run.err}) EXPECT_EQ(stream.find(kOther), std::string::npos) << stream;
}

TEST(KeysFile, ReplaysARecording) {
  const WorkingFolder folder;
  folder.write("a.txt", kScript);
  write_private(folder, "keys", "CARD_KEY=" + std::string(kDefault));
  ASSERT_EQ(folder.run({"--card", "virtual", "--keys", "keys", "--record", "a.jsonl", "a.txt"}).exit_code, 0);
  EXPECT_EQ(read_file(folder.path("a.jsonl")).find(kDefault), std::string::npos);
  const auto run = folder.run({"replay", "a.jsonl", "--keys", "keys"});
  EXPECT_EQ(run.exit_code, 0) << run.out << run.err;
  EXPECT_EQ(folder.run({"replay", "a.jsonl"}).exit_code, 1);
}

TEST(KeysFile, OpenToOthersIsRefused) {
  const WorkingFolder folder;
  folder.write("a.txt", kScript);
  write_private(folder, "keys", "CARD_KEY=" + std::string(kDefault));
  files::permissions(folder.path("keys"), files::perms::group_read, files::perm_options::add);
  const auto run = folder.run({"--card", "virtual", "--keys", "keys", "a.txt"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.err,
            "gpsh: error[gpsh.keys-readable]: keys is open to others than its owner, and it holds keys\n"
            "  advice: chmod 600 keys\n");
}

TEST(KeysFile, WhatIsNoKeyIsSaidWithItsPlace) {
  const WorkingFolder folder;
  folder.write("a.txt", kScript);
  const auto said = [&](const std::string& text) {
    write_private(folder, "keys", text);
    const auto run = folder.run({"--card", "virtual", "--keys", "keys", "a.txt"});
    EXPECT_EQ(run.exit_code, 2);
    return run.err.substr(0, run.err.find('\n'));
  };
  EXPECT_EQ(said("\nCARD_KEY = 4041\n"),
            "gpsh: error[gpsh.bad-keys]: keys:2: the value of CARD_KEY is not a key");
  EXPECT_EQ(said("nothing\n"), "gpsh: error[gpsh.bad-keys]: keys:1: the line names no key");
  EXPECT_EQ(said("MY KEY = " + std::string(kDefault) + "\n"),
            "gpsh: error[gpsh.bad-keys]: keys:1: \"MY KEY\" is no name that ${} can spell");
  EXPECT_EQ(said("A " + std::string(kDefault) + "=4041\n"),
            "gpsh: error[gpsh.bad-keys]: keys:1: a key stands where its name should");
  EXPECT_EQ(said(std::string(kDefault) + " = CARD_KEY\n"),
            "gpsh: error[gpsh.bad-keys]: keys:1: a key stands where its name should");
  EXPECT_EQ(said("{\"" + std::string(kDefault) + "\": \"CARD_KEY\"}"),
            "gpsh: error[gpsh.bad-keys]: keys: a key stands where its name should");
  EXPECT_EQ(said("{\"CARD_KEY\": 4}"),
            "gpsh: error[gpsh.bad-keys]: keys: the value of CARD_KEY is not a key");
  EXPECT_EQ(said("{\"CARD_KEY\""), "gpsh: error[gpsh.bad-keys]: keys begins as JSON and is no JSON object");
  const auto twice = std::string("A=") + kDefault + "\nA=" + kDefault + "\n";
  EXPECT_EQ(said(twice), "gpsh: error[gpsh.bad-keys]: keys:2: A stands there twice");
}

TEST(KeysFile, KeyInAMessageIsMasked) {
  const WorkingFolder folder;
  folder.write("a.txt",
               "mode_211\nestablish_context\ncard_connect\nselect\nget_status -element ${CARD_KEY}\n");
  write_private(folder, "keys", "CARD_KEY=" + std::string(kOther));
  const auto run = folder.run({"--card", "virtual", "--keys", "keys", "a.txt"});
  EXPECT_EQ(run.exit_code, 2) << run.out;
  EXPECT_EQ((run.out + run.err).find(kOther), std::string::npos) << run.err;
}

TEST(KeysFile, LinesMayBeThoseOfAShell) {
  const WorkingFolder folder;
  folder.write("a.txt", kScript);
  write_private(folder, "keys", std::string("export CARD_KEY=") + kDefault + "\n");
  const auto run = folder.run({"--card", "virtual", "--keys", "keys", "a.txt"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
}

TEST(KeysFile, AFileThatIsTooLarge) {
  const WorkingFolder folder;
  folder.write("a.txt", kScript);
  write_private(folder, "keys", std::string((1U << 20) + 1, '#'));
  const auto run = folder.run({"--card", "virtual", "--keys", "keys", "a.txt"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.err,
            "gpsh: error[gpsh.bad-keys]: keys has more than 1048576 bytes\n"
            "  advice: write NAME = HEX on each line, or one JSON object of names and hex values\n");
}

TEST(KeysFile, MissingFile) {
  const WorkingFolder folder;
  folder.write("a.txt", kScript);
  const auto run = folder.run({"--card", "virtual", "--keys", "none", "a.txt"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.err,
            "gpsh: error[gpsh.unreadable-keys]: cannot read the keys of none: No such file or directory\n"
            "  advice: check the path\n");
  std::filesystem::create_directory(folder.path("folder"));
  std::filesystem::permissions(folder.path("folder"), std::filesystem::perms::owner_all);
  EXPECT_EQ(folder.run({"--card", "virtual", "--keys", "folder", "a.txt"}).err,
            "gpsh: error[gpsh.unreadable-keys]: cannot read the keys of folder: Is a directory\n"
            "  advice: check the path\n");
}

}  // namespace
}  // namespace gpsh::test
