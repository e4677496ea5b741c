// SPDX-License-Identifier: Apache-2.0
// The rules about open_sc.
#include <gtest/gtest.h>

#include "tests/interpreter/checked.h"

namespace gpsh::test {
namespace {

const std::string kIn201 = "establish_context\ncard_connect\nselect -AID A000000003000000\n";

TEST(CheckChannel, GoodOnesAreSilent) {
  EXPECT_EQ(told(kOpened), "");
  EXPECT_EQ(told(kSelected + "open_sc -scp 3 -scpimpl 0x70 -security 51 -key " + kTestKey + "\n"), "");
  EXPECT_EQ(told(kSelected + "open_sc -key " + kTestKey + " -keyDerivation visa2\n"), "");
  EXPECT_EQ(told(kIn201 + "open_sc -security 3 " + kThreeKeys + "\n"), "");
}

TEST(CheckChannel, OptionsOfLaterProtocolsNeedMode211) {
  EXPECT_EQ(told(kIn201 + "open_sc -scp 3 -key " + kTestKey + "\n"),
            "list.txt:4:14: warning[gpsh.needs-mode-211]: mode_201 speaks SCP01 alone, which has no use for "
            "this -scp\n"
            "  open_sc -scp 3 -key 404142434445464748494A4B4C4D4E4F\n"
            "               ^\n"
            "  advice: put mode_211 before card_connect\n");
  EXPECT_NE(told(kIn201 + "open_sc -scpimpl 0x55 -key " + kTestKey + "\n").find("no use for this -scpimpl"),
            std::string::npos);
  EXPECT_EQ(
      told(kIn201 + "open_sc -security 17 -key " + kTestKey + "\n"),
      "list.txt:4:19: error[gpsh.needs-mode-211]: mode_201 speaks SCP01 alone, which has no use for this "
      "-security\n"
      "  open_sc -security 17 -key 404142434445464748494A4B4C4D4E4F\n"
      "                    ^^\n"
      "  advice: put mode_211 before card_connect\n");
  EXPECT_EQ(told(kIn201 + "open_sc -key " + kTestKey + kTestKey + "\n"),
            "list.txt:4:1: warning[gpsh.needs-mode-211]: mode_201 speaks SCP01 alone, whose keys have 16 "
            "bytes; one here has 32\n"
            "  open_sc -key 404142434445464748494A4B4C4D4E4F404142434445464748494A4B4C4D4E4F\n"
            "  ^^^^^^^\n"
            "  advice: put mode_211 before card_connect\n");
}

TEST(CheckChannel, ProtocolsThatAScriptCannotOpen) {
  EXPECT_EQ(told(kSelected + "open_sc -scp 17 -key " + kTestKey + "\n"),
            "list.txt:5:14: error[gpsh.channel-option]: a script cannot open SCP17\n"
            "  open_sc -scp 17 -key 404142434445464748494A4B4C4D4E4F\n"
            "               ^^\n"
            "  advice: SCP11 needs certificates, for which this language has no options; leave out -scp and "
            "-scpimpl to use what the card speaks\n");
  EXPECT_EQ(told(kSelected + "open_sc -scp 1 -scpimpl 0x55 -key " + kTestKey + "\n"),
            "list.txt:5:14: error[gpsh.channel-option]: a script cannot open SCP01 with i=55\n"
            "  open_sc -scp 1 -scpimpl 0x55 -key 404142434445464748494A4B4C4D4E4F\n"
            "               ^\n"
            "  advice: leave out -scp and -scpimpl to use what the card speaks\n");
}

TEST(CheckChannel, LevelsThatDoNotExist) {
  EXPECT_EQ(told(kSelected + "open_sc -security 2 -key " + kTestKey + "\n"),
            "list.txt:5:19: error[gpsh.channel-option]: there is no security level 2\n"
            "  open_sc -security 2 -key 404142434445464748494A4B4C4D4E4F\n"
            "                    ^\n"
            "  advice: use -security 0, 1, 3, 17, 19 or 51\n");
}

TEST(CheckChannel, LevelsThatTheOptionsRuleOut) {
  const auto said_of = [](const std::string& options) {
    return told(kSelected + "open_sc " + options + " -key " + kTestKey + "\n");
  };
  EXPECT_EQ(said_of("-scp 2 -scpimpl 0x15 -security 19"),
            "list.txt:5:40: error[gpsh.level-not-covered]: SCP02 with i=15 has no security level 19 (C-MAC + "
            "C-DEC + R-MAC)\n"
            "  open_sc -scp 2 -scpimpl 0x15 -security 19 -key 404142434445464748494A4B4C4D4E4F\n"
            "                                         ^^\n"
            "  advice: use -security 1 or 3, or leave out -scp and -scpimpl\n");
  EXPECT_NE(
      said_of("-scp 2 -scpimpl 0x55 -security 51").find("error[gpsh.level-not-covered]: SCP02 with i=55"),
      std::string::npos);
  EXPECT_NE(
      said_of("-scp 1 -scpimpl 0x05 -security 17").find("error[gpsh.level-not-covered]: SCP01 with i=05"),
      std::string::npos);
  EXPECT_NE(said_of("-scp 2 -scpimpl 0x0A -security 3").find("advice: use -security 1\n"), std::string::npos);
  EXPECT_NE(said_of("-scp 2 -security 51").find("SCP02 has no security level 51 ("), std::string::npos);
  EXPECT_NE(said_of("-scp 2 -scpimpl 0x35 -security 51")
                .find("advice: use -security 1, 3, 17 or 19, or leave out -scp and -scpimpl\n"),
            std::string::npos);
  EXPECT_NE(said_of("-scp 1 -security 17 -noStop").find("warning[gpsh.level-not-covered]"),
            std::string::npos);
  EXPECT_EQ(said_of("-scp 2 -scpimpl 0x35 -security 19"), "");
  EXPECT_EQ(said_of("-scp 2 -security 17"), "") << "the card may announce an i with R-MAC";
  EXPECT_EQ(said_of("-scp 3 -scpimpl 0x00 -security 51"), "") << "the card's answer decides";
  EXPECT_EQ(said_of("-security 51"), "");
}

TEST(CheckChannel, KeysMustBeGivenHereOrBefore) {
  EXPECT_EQ(told(kSelected + "open_sc -enc_key " + kTestKey + "\n"),
            "list.txt:5:1: error[gpsh.key-missing]: a secure channel needs the MAC key\n"
            "  open_sc -enc_key 404142434445464748494A4B4C4D4E4F\n"
            "  ^^^^^^^\n"
            "  advice: give -enc_key, -mac_key and -kek_key, or -key\n");
  EXPECT_NE(told(kSelected + "open_sc\n").find("a secure channel needs the ENC key"), std::string::npos);
  EXPECT_EQ(told(kOpened + "select\nopen_sc -security 1\n"), "");
}

TEST(CheckChannel, ABaseKeyBehindKeptKeys) {
  EXPECT_EQ(
      told(kOpened + "select\nopen_sc -key " + kTestKey + "\n"),
      "list.txt:7:14: warning[gpsh.kept-keys]: this -key is passed over: the ENC, MAC and DEK keys of the "
      "lines before are used\n"
      "  open_sc -key 404142434445464748494A4B4C4D4E4F\n"
      "               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
      "  advice: give -enc_key, -mac_key and -kek_key here; only a card with one base key takes -key after "
      "them\n");
  EXPECT_NE(
      told(kSelected + "open_sc -key " + kTestKey + " -keyDerivation visa2\nput_sc_key -newkeyver 1 -key " +
           kTestKey + " -keyDerivation visa2\nselect\nopen_sc -key " + kTestKey + "\n")
          .find("list.txt:8:14: warning[gpsh.kept-keys]"),
      std::string::npos);
  for (const std::string taken : {"-scp 2 -scpimpl 0x54", "-keyDerivation visa2", kThreeKeys.c_str()}) {
    EXPECT_EQ(told(kOpened + "select\nopen_sc " + taken + " -key " + kTestKey + "\n").find("kept-keys"),
              std::string::npos)
        << taken;
  }
  EXPECT_EQ(told(kSelected + "open_sc -key " + kTestKey + "\nselect\nopen_sc -key " + kTestKey + "\n"), "");
}

TEST(CheckChannel, AnImplementationThatNoProtocolHas) {
  EXPECT_EQ(told(kSelected + "open_sc -scpimpl 15 -key " + kTestKey + "\n"),
            "list.txt:5:18: error[gpsh.channel-option]: no secure channel protocol has i=0F\n"
            "  open_sc -scpimpl 15 -key 404142434445464748494A4B4C4D4E4F\n"
            "                   ^^\n"
            "  advice: the number is read as decimal; write -scpimpl 0x15\n");
  EXPECT_EQ(told(kSelected + "open_sc -scpimpl 0x15 -key " + kTestKey + "\n"), "");
  EXPECT_EQ(told(kSelected + "open_sc -scpimpl 85 -key " + kTestKey + "\n"), "");
}

TEST(CheckChannel, KeysOfDifferentLengths) {
  EXPECT_EQ(told(kSelected + "open_sc -enc_key " + kTestKey + " -mac_key ${LONG}\n").find("key-length"),
            std::string::npos);
  const auto text =
      told(kSelected + "open_sc -enc_key " + kTestKey + " -mac_key " + kTestKey + kTestKey + "\n");
  EXPECT_NE(text.find("list.txt:5:1: error[gpsh.key-length]: the ENC key has 16 bytes, the MAC key 32, the "
                      "DEK 16\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("  advice: a key set has keys of one length; a key that is not given here is the one "
                      "given last\n"),
            std::string::npos);
}

TEST(CheckChannel, DerivationsThatContradict) {
  EXPECT_EQ(told("gemXpressoPro\n" + kSelected + "open_sc -keyDerivation emvcps11 -key " + kTestKey + "\n"),
            "list.txt:6:24: warning[gpsh.ignored-option]: gemXpressoPro stands before: keys are derived as "
            "visa2, not emvcps11\n"
            "  open_sc -keyDerivation emvcps11 -key 404142434445464748494A4B4C4D4E4F\n"
            "                         ^^^^^^^^\n"
            "  advice: remove gemXpressoPro or -keyDerivation\n");
  EXPECT_EQ(
      told(kSelected + "open_sc -keyDerivation visa2 -key " + kTestKey + " -kek_key " + kTestKey + "\n"),
      "list.txt:5:1: warning[gpsh.ignored-option]: all keys are derived from -key; -enc_key, -mac_key "
      "and -kek_key are ignored\n"
      "  open_sc -keyDerivation visa2 -key 404142434445464748494A4B4C4D4E4F -kek_key "
      "404142434445464748494A4B4C4D4E4F\n"
      "  ^^^^^^^\n"
      "  advice: remove them, or the derivation\n");
}

TEST(CheckChannel, AKeyVersionInHexIsNoted) {
  EXPECT_EQ(told(kSelected + "open_sc -keyver 0x20 -key " + kTestKey + "\n"),
            "list.txt:5:17: note[gpsh.hex-number]: -keyver: 0x20 is read as 32; GPShell reads it as 0\n"
            "  advice: write 32 to mean the same everywhere\n");
}

TEST(CheckChannel, OctalNumbers) {
  EXPECT_EQ(told(kSelected + "open_sc -scp 2 -scpimpl 025 -key " + kTestKey + "\n"),
            "list.txt:5:25: warning[gpsh.octal-number]: -scpimpl: 025 is read as 21: a leading 0 makes it "
            "octal\n"
            "  open_sc -scp 2 -scpimpl 025 -key 404142434445464748494A4B4C4D4E4F\n"
            "                          ^^^\n"
            "  advice: write 21 or 0x15 to say so, without a leading 0 if octal is not meant\n");
  EXPECT_EQ(told(kSelected + "open_sc -scp 02 -key " + kTestKey + "\n"), "");
}

}  // namespace
}  // namespace gpsh::test
