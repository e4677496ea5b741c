// SPDX-License-Identifier: Apache-2.0
#include "sessions/explain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "tests/sessions/channel_log.h"
#include "tests/sessions/explain_printer.h"
#include "tests/support/test_data.h"

namespace gpsh::sessions {
namespace {

using test::ChannelLog;
using test::ExplainPrinter;
using testing::HasSubstr;
using testing::Not;

ExplainPrinter explained(const std::string& log) {
  std::istringstream in(log);
  ExplainPrinter printer;
  explain_log(in, {.derivations = gp::known_diversifications()}, printer);
  return printer;
}

const CommandApdu kGetStatus{
    .cla = 0x80, .ins = 0xF2, .p1 = 0x40, .p2 = 0x02, .data = hex("4F00"), .le = 256};

TEST(Explain, SecureMessagingIsRemoved) {
  ChannelLog log({.level = 0x03});
  log.command(kGetStatus, "E3134F08A0000000031010109F700107C503000000 9000");
  EXPECT_EQ(explained(log.text()).last,
            "a.log:5: GET STATUS (applications)\n"
            "  P1: 40\n"
            "  P2: 02 (first or all occurrences, answer as TLV)\n"
            "  4F AID\n"
            "  channel: C-MAC right, command data decrypted\n"
            "  answer 9000: success\n"
            "    AID: A000000003101010\n"
            "      state: 07 (Selectable)\n"
            "      privileges: none\n");
}

TEST(Explain, WrongMacIsTold) {
  ChannelLog log({});
  log.command(kGetStatus);
  auto& wire = log.lines().at(4);
  wire[wire.size() - 3] = wire[wire.size() - 3] == '0' ? '1' : '0';
  EXPECT_THAT(explained(log.text()).last,
              HasSubstr("  channel: GET STATUS (applications): the C-MAC is wrong under every variant\n"));
}

TEST(Explain, OpeningIsExplained) {
  const auto text = explained(ChannelLog({.level = 0x01}).text()).text;
  EXPECT_THAT(text, HasSubstr("  channel: SCP02: card cryptogram right, keys: default\n"));
  EXPECT_THAT(text, HasSubstr("  P1: 01 (security level C-MAC)\n"));
  EXPECT_THAT(text, HasSubstr("  channel: host cryptogram right, C-MAC right\n"));
}

TEST(Explain, UnknownKeysLeaveWhatNeedsNone) {
  const auto key = hex("0102030405060708090A0B0C0D0E0F10");
  ChannelLog clear({.level = 0x01, .key = key});
  clear.command(kGetStatus);
  const auto found = explained(clear.text());
  EXPECT_THAT(found.text, HasSubstr("  channel: give the card's keys with --key, or --enc and --mac; gpsh "
                                    "doctor looks for the derivation\n"));
  EXPECT_THAT(
      found.last,
      HasSubstr("  4F AID\n  channel: not verified: the keys are not known\n  answer 9000: success\n"));
  ChannelLog encrypted({.level = 0x03, .key = key});
  encrypted.command(kGetStatus);
  EXPECT_THAT(
      explained(encrypted.text()).last,
      HasSubstr("  channel: not verified: the keys are not known, so the data below is as it was sent\n"));
}

TEST(Explain, CommandWithoutExternalAuthenticateIsNotForWantOfKeys) {
  ChannelLog log({});
  log.command(kGetStatus);
  auto& lines = log.lines();
  lines.erase(lines.begin() + 2, lines.begin() + 4);
  EXPECT_THAT(
      explained(log.text()).last,
      HasSubstr("  channel: not verified: the log has no whole EXTERNAL AUTHENTICATE before it, so the data "
                "below is as it was sent\n"));
}

TEST(Explain, KeysOfPutKeyAreNeverShown) {
  const std::string key = "DEADBEEF0102030405060708090A0B0C";
  const CommandApdu put_key{.cla = 0x80,
                            .ins = 0xD8,
                            .p1 = 0x00,
                            .p2 = 0x81,
                            .data = hex("20 8010" + key + "03112233 8010" + key + "03445566"),
                            .le = 256};
  const auto wanted =
      "  P1: 00 (new keys)\n"
      "  P2: 81 (several keys from identifier 1)\n"
      "  new key version: 20\n"
      "  key 1\n"
      "    DES (type 80): 16 bytes (not shown)\n"
      "    check value: 112233\n"
      "  key 2\n"
      "    DES (type 80): 16 bytes (not shown)\n"
      "    check value: 445566\n";
  for (const auto level : {std::uint8_t{0x01}, std::uint8_t{0x03}}) {
    ChannelLog log({.level = level});
    log.command(put_key, "20112233445566 9000");
    const auto found = explained(log.text());
    EXPECT_THAT(found.last, HasSubstr(wanted));
    EXPECT_THAT(found.last,
                HasSubstr("    key version: 20\n    check value: 112233\n    check value: 445566\n"));
    EXPECT_THAT(found.text + found.json, Not(HasSubstr("DEADBEEF")));
  }
  const auto damaged = explained(
      "> 80D80081"
      "11"
      "208010" +
      key.substr(0, 28) + "\n< 6A80\n");
  EXPECT_THAT(damaged.text + damaged.json, Not(HasSubstr("DEADBEEF")));
  EXPECT_THAT(damaged.last, HasSubstr("  data: 17 bytes (not as it should be: "));
}

TEST(Explain, EncryptedStoreDataAndPinsAreNeverShown) {
  const CommandApdu store_data{.cla = 0x80, .ins = 0xE2, .p1 = 0x88, .data = hex("010104DEADBEEF")};
  ChannelLog encrypted({.level = 0x03});
  encrypted.command(store_data, "DEADBEEF 9000");
  const auto found = explained(encrypted.text());
  EXPECT_EQ(found.last,
            "a.log:5: STORE DATA (block 0, the last)\n"
            "  P1: 88 (the last block, DGIs, no encryption named)\n"
            "  P2: 00 (block 0)\n"
            "  DGI 0101: 4 bytes (not shown)\n"
            "  channel: C-MAC right, command data decrypted\n"
            "  answer 9000: success\n"
            "    data: 4 bytes (not shown)\n");
  EXPECT_THAT(found.text + found.json, Not(HasSubstr("DEADBEEF")));
  // In clear everybody could see it.
  ChannelLog clear({.level = 0x01});
  clear.command(store_data);
  EXPECT_THAT(explained(clear.text()).last, HasSubstr("  DGI 0101: DEADBEEF\n"));
  for (const std::string ins : {"20", "21", "24", "25", "26", "28", "2C", "2D"}) {
    const auto pin = explained("> 00" + ins + "008004DEADBEEF\n< 63C2\n");
    EXPECT_THAT(pin.text, HasSubstr("  PIN data: 4 bytes (not shown)\n  answer 63C2: 2 tries left\n"));
    EXPECT_THAT(pin.text + pin.json, Not(HasSubstr("DEADBEEF")));
  }
}

TEST(Explain, InstallHasItsFields) {
  EXPECT_EQ(
      explained("> 80E60C00 1A 05A000000001 06A00000000101 06A00000000101 0110 02C900 00 00\n< 6A88\n").text,
      "a.log:1: INSTALL [for install and make selectable]\n"
      "  P1: 0C\n"
      "  P2: 00\n"
      "  load file AID: A000000001\n"
      "  module AID: A00000000101\n"
      "  application AID: A00000000101\n"
      "  privileges: 10 (Card Lock)\n"
      "  install parameters\n"
      "    C9 application specific parameters\n"
      "  answer 6A88: referenced data not found\n"
      "    advice: the load file, the module or the security domain it names is not on the card; see "
      "get_status\n");
  EXPECT_THAT(explained("> 80E602000505A0000000\n< 6A80\n").text,
              HasSubstr("  data: 05A0000000 (not as it should be: "));
}

TEST(Explain, WrongClassInAChannelThatWorkedHintsAtALostChannel) {
  ChannelLog log({});
  log.command(kGetStatus)
      .command({.cla = 0x80, .ins = 0xE6, .p1 = 0x02, .data = hex("05A00000000100000000")}, "6E00");
  EXPECT_EQ(
      explained(log.text()).last,
      "a.log:7: INSTALL [for load]\n"
      "  P1: 02\n"
      "  P2: 00\n"
      "  load file AID: A000000001\n"
      "  channel: C-MAC right\n"
      "  answer 6E00: class not supported\n"
      "    advice: what answers is no security domain with an open channel: a reset, another SELECT or "
      "another program at the reader ended it; select the security domain, open_sc, and install again\n"
      "    advice: the card accepted 1 command of this channel before: the channel was lost in between, by a "
      "reset or by another program at the same reader\n");
}

TEST(Explain, EntriesThatAreCutBetweenAnswersAreJoined) {
  // Two entries; the second begins in the first answer.
  EXPECT_EQ(explained("> 80F24002024F0000\n< E3104F05A0000000019F700107C503000000E3104F05A06310\n"
                      "> 80F24003024F0000\n< 000000029F700107C5030000009000\n")
                .text,
            "a.log:1: GET STATUS (applications)\n"
            "  P1: 40\n"
            "  P2: 02 (first or all occurrences, answer as TLV)\n"
            "  4F AID\n"
            "  answer 6310: more data available\n"
            "    AID: A000000001\n"
            "      state: 07 (Selectable)\n"
            "      privileges: none\n"
            "    cut off: 5 bytes (shown with the next answer)\n"
            "a.log:3: GET STATUS (applications), next occurrence\n"
            "  P1: 40\n"
            "  P2: 03 (next occurrence, answer as TLV)\n"
            "  4F AID\n"
            "  answer 9000: success\n"
            "    AID: A000000002\n"
            "      state: 07 (Selectable)\n"
            "      privileges: none\n");
  // Without tags.
  const auto plain = explained(
      "> 80F24000024F0000\n< 05A000000001070005A06310\n"
      "> 80F24001024F0000\n< 00000002 0700 9000\n");
  EXPECT_THAT(plain.text, HasSubstr("    AID: A000000001\n"));
  EXPECT_THAT(plain.last, HasSubstr("    AID: A000000002\n"));
  const auto data = explained("> 80CA00E000\n< E006C004016310\n> 80CA00E000\n< 0180109000\n");
  EXPECT_THAT(data.text, HasSubstr("    cut off: 5 bytes (shown with the next answer)\n"));
  EXPECT_THAT(data.last, Not(HasSubstr("data: 018010")));
}

// GPCS 2.3.1 section 11.3.3.1.1.
TEST(Explain, AKeyParameterReferenceIsNoLength) {
  EXPECT_THAT(
      explained("> 80CA00E000\n< E008C0060170B040F0009000\n").text,
      HasSubstr("key 1 of version 70: elliptic curve public key (type B0) of 64 bytes, elliptic curve "
                "parameters reference (type F0) 00\n"));
}

TEST(Explain, AnotherCommandAfter6310TakesNothingOfIt) {
  const auto found = explained(
      "> 80F24002024F0000\n< E3104F05A06310\n> 80F22002024F0000\n< 6A88\n"
      "> 80F24003024F0000\n< 0102 9000\n");
  EXPECT_THAT(found.last, HasSubstr("    data: 0102\n"));
}

TEST(Explain, WhatIsNoCommandAndWhatHasNoAnswer) {
  EXPECT_EQ(
      explained("> 80CA0066050102\n< 6700\n").text,
      "a.log:1: no command APDU\n  data: 7 bytes (its lengths do not add up)\n  answer 6700: wrong length\n");
  EXPECT_EQ(explained("> 80CA006600\n").text,
            "a.log:1: GET DATA 0066 (card data)\n  P1: 00\n  P2: 66\n  no answer\n");
}

TEST(Explain, GpshellThatStoppedBecauseOf0066) {
  const auto log = [](const std::string& fci) {
    return "mode_211\nCommand --> 00A4040000\nWrapped command --> 00A4040000\nResponse <-- " + fci +
           "9000\nCommand --> 80CA006600\nWrapped command --> 80CA006600\nResponse <-- 6985\n"
           "GP211_get_secure_channel_protocol_details() returns 0x80206985 (6985: Command not allowed)\n";
  };
  EXPECT_EQ(
      explained(log("")).last,
      "a.log:8: GPShell stopped here: it takes the secure channel protocol from GET DATA 0066, and the card "
      "refused that with 6985\n"
      "    advice: gpsh goes on with INITIALIZE UPDATE, whose answer names the protocol; GPShell does with "
      "-scp 2 -scpimpl 0x15 in open_sc, the usual values, if the card's manual names no others\n");
  EXPECT_THAT(explained(log("6F11A50F730D640B06092A864886FC6B040255")).last, Not(HasSubstr("0x15")));
}

TEST(Explain, Json) {
  EXPECT_EQ(
      explained("A>> T=1 (4+0000) 80CA00C100\nA<< (0004+2) (45ms) C1020005 9000\n").json,
      R"json({"kind":"exchange","line":1,"name":"GET DATA 00C1 (sequence counter of the default key set)",)json"
      R"json("command":[{"name":"P1","value":"00"},{"name":"P2","value":"C1"}],"channel":[],"sw":"9000",)json"
      R"json("meaning":"success","advice":[],"response":[{"name":"sequence counter","value":"5"}],"us":45000})json"
      "\n");
}

class ExplainRecordings : public testing::Test {
 protected:
  static std::string text_of(const std::string& name) {
    const auto file = test::outside_file("recordings/" + name);
    return file ? explained(test::read_file(*file)).text : std::string();
  }
};

TEST_F(ExplainRecordings, SayWhyTheSessionsFailed) {
  if (!test::outside_file("recordings/expected.json")) {
    GTEST_SKIP() << "recordings are not there; set GPSH_TEST_DATA to the folder that has them";
  }
  EXPECT_THAT(
      text_of("seed-02-jcop-identify-not-fused.log"),
      HasSubstr("  answer 6A82: no application with this AID\n    JCOP identification: "
                "04310033000000004E5830313143000339F873 (JCOP IDENTIFY: the card is not fused (byte 15 is "
                "00): it still waits for its transport key and initialisation, and has no usable security "
                "domain)\n"));
  EXPECT_THAT(
      text_of("seed-03-get-data-66-refused-6985.log"),
      HasSubstr("a.log:13: GPShell stopped here: it takes the secure channel protocol from GET DATA 0066, "
                "and the card refused that with 6985\n"
                "    advice: gpsh goes on with INITIALIZE UPDATE, whose answer names the protocol; GPShell "
                "does with -scp 2 -scpimpl 0x15 in open_sc, as the SELECT response announces in tag 64\n"));
  EXPECT_THAT(
      text_of("gpshell-21-scp02-cryptogram-mismatch-smartcafe-mode201.log"),
      HasSubstr("a.log:21: GPShell stopped here: without mode_211 it takes every card for SCP01, and the "
                "card cryptogram is not the one of SCP01\n"
                "    advice: SCP02 with the GlobalPlatform test key 404142434445464748494A4B4C4D4E4F: add "
                "mode_211\n"));
  const auto install = text_of("gpshell-14-scp02-i15-jcop31-install-6e00.log");
  EXPECT_THAT(install, HasSubstr("a.log:31: INSTALL [for load]\n"));
  EXPECT_THAT(install,
              HasSubstr("  the log ends here, without the command as it was sent and without an answer\n"));
  EXPECT_THAT(install,
              HasSubstr("    advice: 6E00 would mean: class not supported; what answers is no security "
                        "domain with an open channel: a reset, another SELECT or another program at the "
                        "reader ended it; select the security domain, open_sc, and install again\n"));
}

}  // namespace
}  // namespace gpsh::sessions
