// SPDX-License-Identifier: Apache-2.0
// The rules about PUT KEY, DELETE [key] and keys in clear.
#include <gtest/gtest.h>

#include "tests/interpreter/checked.h"

namespace gpsh::test {
namespace {

TEST(CheckKeys, GoodOnesAreSilent) {
  EXPECT_EQ(told(kOpened + "put_sc_key -keyver 0 -newkeyver 2 " + kThreeKeys + "\ndelete_key -keyver 2\n"),
            "");
  EXPECT_EQ(told(kOpened + "put_dm_receipt_keys -key " + kTestKey + "\n"), "");
  EXPECT_EQ(
      told(kSelected + "open_sc -key " + kTestKey + " -keyDerivation visa2\nput_sc_key -newkeyver 1 -key " +
           kTestKey + " -keyDerivation visa2\n"),
      "");
}

TEST(CheckKeys, AChannelWithoutDekCannotEncryptKeys) {
  const auto opened = kSelected + "open_sc -enc_key " + kTestKey + " -mac_key " + kTestKey + "\n";
  EXPECT_EQ(
      told(opened + "put_sc_key -newkeyver 2 " + kThreeKeys + " -noStop\n"),
      "list.txt:6:1: error[gpsh.no-dek]: put_sc_key encrypts the new keys with the DEK, and open_sc was "
      "given none\n"
      "  put_sc_key -newkeyver 2 -enc_key 404142434445464748494A4B4C4D4E4F -mac_key "
      "404142434445464748494A4B4C4D4E4F -k\n"
      "  ^^^^^^^^^^\n"
      "  advice: give open_sc -kek_key too; GPShell would encrypt them with zeros and the keys would be "
      "lost\n");
  EXPECT_NE(told(opened + "put_dm_receipt_keys -key " + kTestKey + "\n")
                .find("error[gpsh.no-dek]: put_dm_receipt_keys encrypts the new keys"),
            std::string::npos);
}

TEST(CheckKeys, WithoutAChannelAtAll) {
  EXPECT_EQ(told(kSelected + "put_dm_receipt_keys -key " + kTestKey + "\n"),
            "list.txt:5:1: error[gpsh.no-channel]: put_dm_receipt_keys needs a secure channel, whose DEK "
            "encrypts the new keys, and no open_sc stands before it\n"
            "  put_dm_receipt_keys -key 404142434445464748494A4B4C4D4E4F\n"
            "  ^^^^^^^^^^^^^^^^^^^\n"
            "  advice: put open_sc before this line\n");
}

TEST(CheckKeys, ThreeNewKeysMustBeGiven) {
  EXPECT_EQ(
      told(kOpened + "put_sc_key -newkeyver 2 -enc_key " + kTestKey + "\n"),
      "list.txt:6:1: error[gpsh.new-keys-missing]: put_sc_key writes three keys, and 1 of them is given "
      "on this line\n"
      "  put_sc_key -newkeyver 2 -enc_key 404142434445464748494A4B4C4D4E4F\n"
      "  ^^^^^^^^^^\n"
      "  advice: give -enc_key, -mac_key and -kek_key; GPShell would take the keys used last, or zeros\n");
  EXPECT_EQ(told(kOpened + "put_sc_key -newkeyver 2 -keyDerivation visa2\n"),
            "list.txt:6:1: error[gpsh.new-keys-missing]: put_sc_key derives the new keys from -key, and none "
            "was given\n"
            "  put_sc_key -newkeyver 2 -keyDerivation visa2\n"
            "  ^^^^^^^^^^\n"
            "  advice: give the master key with -key\n");
}

TEST(CheckKeys, VersionsOutsideTheirRange) {
  EXPECT_EQ(told(kOpened + "put_dm_receipt_keys -newkeyver 128 -key " + kTestKey + "\n"),
            "list.txt:6:32: error[gpsh.key-version]: put_dm_receipt_keys gives -newkeyver 128; key "
            "versions are 1 to 127\n"
            "  put_dm_receipt_keys -newkeyver 128 -key 404142434445464748494A4B4C4D4E4F\n"
            "                                 ^^^\n"
            "  advice: write -newkeyver with a version from 1 to 127\n");
  EXPECT_NE(told(kOpened + "put_sc_key " + kThreeKeys + "\n")
                .find("error[gpsh.key-version]: put_sc_key gives -newkeyver 0; key versions are 1 to 127"),
            std::string::npos);
  EXPECT_NE(told(kOpened + "put_sc_key -newkeyver 2 -keyver 129 " + kThreeKeys + "\n")
                .find("advice: write the version that is replaced, or 0 to add keys"),
            std::string::npos);
}

TEST(CheckKeys, TheSetInUse) {
  EXPECT_EQ(
      told(kOpened + "delete_key -keyver 32\n"),
      "list.txt:6:20: warning[gpsh.key-set-in-use]: delete_key deletes from key version 32, with which "
      "the channel was opened\n"
      "  delete_key -keyver 32\n"
      "                     ^^\n"
      "  advice: add the new keys under another version and open a channel with them first; if they are "
      "wrong, this set is the way back\n");
  EXPECT_NE(told(kOpened + "put_sc_key -keyver 32 -newkeyver 32 " + kThreeKeys + "\n")
                .find("warning[gpsh.key-set-in-use]: put_sc_key replaces key version 32"),
            std::string::npos);
}

TEST(CheckKeys, DeleteKeyByIndexAlone) {
  EXPECT_EQ(told(kOpened + "delete_key -keyind 1\n"),
            "list.txt:6:20: warning[gpsh.every-version]: delete_key without -keyver deletes key 1 of every "
            "version, also of the set in use\n"
            "  delete_key -keyind 1\n"
            "                     ^\n"
            "  advice: name the version with -keyver\n");
  EXPECT_EQ(
      told(kOpened + "delete_key\n"),
      "list.txt:6:1: warning[gpsh.key-selection]: delete_key names no key: it needs -keyver, -keyind or "
      "both\n"
      "  delete_key\n"
      "  ^^^^^^^^^^\n"
      "  advice: give -keyver to delete a whole key set\n");
}

TEST(CheckKeys, DelegatedManagementNeedsItsKeyFileAndMode) {
  EXPECT_EQ(told(kOpened + "put_dm_receipt_keys\n"),
            "list.txt:6:1: error[gpsh.missing-option]: put_dm_receipt_keys needs option -key\n"
            "  put_dm_receipt_keys\n"
            "  ^^^^^^^^^^^^^^^^^^^\n"
            "  advice: give the receipt key; GPShell would take the one used last, or zeros\n");
  EXPECT_EQ(told(kOpened + "put_dm_token_keys\n"),
            "list.txt:6:1: error[gpsh.missing-option]: put_dm_token_keys needs option -file\n"
            "  put_dm_token_keys\n"
            "  ^^^^^^^^^^^^^^^^^\n"
            "  advice: name the PEM file of the public key\n");
  EXPECT_EQ(told("establish_context\ncard_connect\nselect\nopen_sc " + kThreeKeys +
                 "\nput_dm_token_keys -file a.pem\n"),
            "list.txt:5:1: error[gpsh.needs-mode-211]: put_dm_token_keys belongs to GlobalPlatform 2.1.1 and "
            "later; mode_201 sends nothing for it\n"
            "  put_dm_token_keys -file a.pem\n"
            "  ^^^^^^^^^^^^^^^^^\n"
            "  advice: put mode_211 before card_connect\n");
}

TEST(CheckKeys, TypesThatNoKeyHas) {
  EXPECT_EQ(told(kOpened + "put_sc_key -newkeyver 2 -keyType 99 " + kThreeKeys + "\n"),
            "list.txt:6:34: error[gpsh.key-type]: key type 99 is neither triple DES (80 to 84) nor AES (88)\n"
            "  put_sc_key -newkeyver 2 -keyType 99 -enc_key 404142434445464748494A4B4C4D4E4F -mac_key "
            "404142434445464748494A4\n"
            "                                   ^^\n"
            "  advice: leave -keyType out to get the type that fits\n");
  EXPECT_EQ(told(kOpened + "put_sc_key -newkeyver 2 -keyType 88 " + kThreeKeys + "\n"), "");
  EXPECT_NE(
      told(kOpened + "put_dm_receipt_keys -keyType 12 -key " + kTestKey + "\n").find("error[gpsh.key-type]"),
      std::string::npos);
  EXPECT_NE(told(kOpened + "put_dm_token_keys -keyType 88 -file a.pem\n")
                .find("error[gpsh.key-type]: key type 88 is neither RSA (00, F0) nor elliptic curve (F1)\n"),
            std::string::npos);
  EXPECT_NE(
      told("establish_context\ncard_connect\nselect\nopen_sc " + kThreeKeys +
           "\nput_sc_key -newkeyver 2 -keyType 88 " + kThreeKeys + "\n")
          .find("warning[gpsh.ignored-option]: -keyType does nothing in mode_201, whose keys are triple DES"),
      std::string::npos);
}

const std::string kWithoutDek =
    kSelected + "open_sc -keyver 32 -enc_key " + kTestKey + " -mac_key " + kTestKey + "\n";

TEST(CheckKeys, BothDelegatedManagementKeysOfGpshell14) {
  const auto good = "put_dm_keys -file a.pem -newkeyver 112 -key " + kTestKey;
  EXPECT_EQ(told(kOpened + good + "\n"), "");
  EXPECT_EQ(told(kOpened + "put_dm_keys\n"),
            "list.txt:6:1: error[gpsh.missing-option]: put_dm_keys needs option -file\n"
            "  put_dm_keys\n"
            "  ^^^^^^^^^^^\n"
            "  advice: name the PEM file of the public key\n"
            "list.txt:6:1: error[gpsh.missing-option]: put_dm_keys needs option -key\n"
            "  put_dm_keys\n"
            "  ^^^^^^^^^^^\n"
            "  advice: give the receipt key; GPShell would take the one used last, or zeros\n");
  EXPECT_NE(told(kWithoutDek + good + "\n").find("error[gpsh.no-dek]: put_dm_keys encrypts the new keys"),
            std::string::npos);
  EXPECT_NE(told(kSelected + good + "\n").find("error[gpsh.no-channel]: put_dm_keys needs a secure channel"),
            std::string::npos);
  EXPECT_NE(told(kOpened + good + " -keyver 200\n")
                .find("error[gpsh.key-version]: put_dm_keys gives -keyver 200; key versions are 1 to 127"),
            std::string::npos);
}

TEST(CheckKeys, TheCurrentKekStandsInForTheDek) {
  for (const std::string option : {"-current_kek", "-cur_kek"}) {
    const auto kek = " " + option + " " + kTestKey;
    EXPECT_EQ(told(kWithoutDek + "put_sc_key -newkeyver 2 " + kThreeKeys + kek + "\n"), "") << option;
    EXPECT_EQ(told(kWithoutDek + "put_dm_keys -file a.pem -key " + kTestKey + kek + "\n"), "") << option;
  }
}

TEST(CheckKeys, NewKeysOfDifferentLengths) {
  const auto text = told(kOpened + "put_sc_key -newkeyver 2 -enc_key " + kTestKey + kTestKey + " -mac_key " +
                         kTestKey + " -kek_key " + kTestKey + "\n");
  EXPECT_NE(text.find("error[gpsh.key-length]: the ENC key has 32 bytes, the MAC key 16, the DEK 16\n"),
            std::string::npos)
      << text;
}

TEST(CheckKeys, SecretsInClearAreNoted) {
  EXPECT_EQ(told(kSelected + "open_sc -key 00112233445566778899AABBCCDDEEFF\n"),
            "list.txt:5:14: note[gpsh.key-in-clear]: a secret value stands here in clear\n"
            "  advice: keep it in an environment variable and write ${NAME}\n");
  EXPECT_NE(told(kOpened + "put_dm_token_keys -file a.pem -pass secret\n").find("note[gpsh.key-in-clear]"),
            std::string::npos);
  EXPECT_NE(told(kSelected + "open_sc -enc_key 00112233445566778899AABBCCDDEEFF -mac_key "
                             "00112233445566778899AABBCCDDEEFE\n")
                .find("2 secret values stand on this line in clear"),
            std::string::npos);
}

}  // namespace
}  // namespace gpsh::test
