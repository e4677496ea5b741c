// SPDX-License-Identifier: Apache-2.0
// The rules about order: service, card, selection, channel, exit.
#include <gtest/gtest.h>

#include "tests/interpreter/checked.h"

namespace gpsh::test {
namespace {

TEST(CheckOrder, CardConnectNeedsTheService) {
  EXPECT_EQ(told("card_connect\nselect\n"),
            "list.txt:1:1: error[gpsh.no-context]: there is no connection to the PC/SC service\n"
            "  card_connect\n"
            "  ^^^^^^^^^^^^\n"
            "  advice: put establish_context before this line\n");
  EXPECT_EQ(told("establish_context\nrelease_context\nlist_readers\n"),
            "list.txt:3:1: error[gpsh.no-context]: there is no connection to the PC/SC service\n"
            "  list_readers\n"
            "  ^^^^^^^^^^^^\n"
            "  advice: put establish_context before this line\n");
}

TEST(CheckOrder, SelectBeforeEstablishContextIsSaidOnce) {
  EXPECT_EQ(told("select\nget_data -identifier 66\n"),
            "list.txt:1:1: error[gpsh.no-connection]: no card is connected\n"
            "  select\n"
            "  ^^^^^^\n"
            "  advice: put establish_context and card_connect before this line\n");
}

TEST(CheckOrder, CommandsAfterDisconnect) {
  EXPECT_EQ(told(kOpened + "card_disconnect\nget_status -element 40\ncard_connect\nselect\n"),
            "list.txt:7:1: error[gpsh.no-connection]: no card is connected any more\n"
            "  get_status -element 40\n"
            "  ^^^^^^^^^^\n"
            "  advice: put card_connect before this line\n");
}

TEST(CheckOrder, NothingFollowsFromAMistypedCommand) {
  for (const std::string right : {"mode_211", "establish_context", "card_connect", "select", "open_sc"}) {
    auto script = kOpened + "get_status -element 40\nput_sc_key -newkeyver 1 " + kThreeKeys + "\n";
    const auto mistyped = "x" + right;
    script.replace(script.find(right), right.size(), mistyped);
    const auto said = told(script);
    EXPECT_NE(said.find("did you mean " + right + "?"), std::string::npos) << said;
    EXPECT_EQ(said.find("gpsh.", said.find("gpsh.") + 1), std::string::npos) << said;
  }
}

TEST(CheckOrder, WhatMayFailIsOnlyAWarning) {
  EXPECT_EQ(told("establish_context\nsend_apdu_nostop -APDU 80CA9F7F00\n"),
            "list.txt:2:1: warning[gpsh.no-connection]: no card is connected\n"
            "  send_apdu_nostop -APDU 80CA9F7F00\n"
            "  ^^^^^^^^^^^^^^^^\n"
            "  advice: put card_connect before this line\n");
  EXPECT_NE(told("establish_context\nselect -noStop\n").find("warning[gpsh.no-connection]"),
            std::string::npos);
}

TEST(CheckOrder, OpenScWithoutSelect) {
  EXPECT_EQ(told("mode_211\nestablish_context\ncard_connect\nopen_sc -key " + kTestKey + "\n"),
            "list.txt:4:1: warning[gpsh.no-selection]: nothing was selected since card_connect; the channel "
            "goes to what the card selects by itself\n"
            "  open_sc -key 404142434445464748494A4B4C4D4E4F\n"
            "  ^^^^^^^\n"
            "  advice: select the security domain first, e.g. select -AID A000000151000000\n");
}

TEST(CheckOrder, CommandsWithoutAChannelAreSaidOnce) {
  EXPECT_EQ(
      told(kSelected + "get_status -element 40\nget_status -element 20\n"),
      "list.txt:5:1: warning[gpsh.no-channel]: get_status goes to the card without a secure channel: no "
      "open_sc stands before it\n"
      "  get_status -element 40\n"
      "  ^^^^^^^^^^\n"
      "  advice: put open_sc before this line\n");
  EXPECT_EQ(told(kOpened + "select\nsend_apdu -sc 1 -APDU 80CA9F7F00\n"),
            "list.txt:7:1: warning[gpsh.no-channel]: send_apdu goes to the card without a secure channel: "
            "select ended it\n"
            "  send_apdu -sc 1 -APDU 80CA9F7F00\n"
            "  ^^^^^^^^^\n"
            "  advice: put open_sc before this line\n");
  EXPECT_EQ(told(kSelected + "send_apdu -APDU 80CA9F7F00\n"), "");
}

TEST(CheckOrder, ARawSelectIsASelection) {
  const std::string connected = "mode_211\nestablish_context\ncard_connect\n";
  const auto open = "open_sc " + kThreeKeys + "\n";
  EXPECT_EQ(told(connected + "send_apdu -APDU 00A4040000\n" + open), "");
  EXPECT_EQ(
      told(connected + "send_apdu_nostop -sc 1 -APDU 00A4040005A000000003\n" + open).find("no-selection"),
      std::string::npos);
  EXPECT_NE(told(connected + "send_apdu -APDU 01A4040000\n" + open).find("gpsh.no-selection"),
            std::string::npos);
}

TEST(CheckOrder, WhatEndedTheChannelIsNamed) {
  const auto reason = [](const std::string& lines) {
    const auto text = told(kOpened + lines + "get_status -element 40\n");
    const auto from = text.find("channel: ");
    return from == std::string::npos ? text : text.substr(from + 9, text.find('\n') - from - 9);
  };
  EXPECT_EQ(reason("card_disconnect\ncard_connect\n"), "card_disconnect ended it");
  EXPECT_EQ(reason("card_connect\n"), "card_connect ended it");
  EXPECT_EQ(reason("card_connect\nselect\n"), "card_connect ended it");
  EXPECT_EQ(reason("release_context\nestablish_context\ncard_connect\n"), "release_context ended it");
  EXPECT_EQ(reason("select\nselect\n"), "select ended it");
  EXPECT_EQ(reason("send_apdu -APDU 00A4040000\n"), "the SELECT of send_apdu ended it");
  EXPECT_EQ(reason("send_apdu -sc 1 -APDU 00A4040000\n"), "");
}

TEST(CheckOrder, APlainCommandInAChannelThatIsUsedAgain) {
  const auto opened = kSelected + "open_sc -security 1 " + kThreeKeys + "\n";
  EXPECT_EQ(
      told(opened + "send_apdu -sc 0 -APDU 80CA9F7F00\nprint a\nget_data -identifier 66\n"),
      "list.txt:6:15: note[gpsh.plain-in-channel]: send_apdu without secure messaging ends the channel on "
      "many cards, and get_data below still uses it\n"
      "  advice: send it with -sc 1, or open_sc again behind it\n");
  const auto plain = opened + "send_apdu -APDU 80CA9F7F00\n";
  EXPECT_NE(told(plain + "send_apdu -sc 1 -APDU 80CA9F7F00\n").find("6:1: note[gpsh.plain-in-channel]"),
            std::string::npos);
  EXPECT_EQ(told(plain), "");
  EXPECT_EQ(told(plain + "send_apdu -APDU 80CA9F7F00\n"), "");
  EXPECT_EQ(told(plain + "open_sc\nget_status -element 40\n"), "");
  EXPECT_EQ(told(plain + "select\nopen_sc\nget_status -element 40\n"), "");
  EXPECT_EQ(told(plain + "exit\nget_status -element 40\n").find("plain-in-channel"), std::string::npos);
  EXPECT_EQ(told(opened + "send_apdu -APDU 84CA9F7F00\nget_status -element 40\n"), "");
  EXPECT_EQ(told(opened + "send_apdu -APDU 00C0000010\nget_status -element 40\n"), "");
  EXPECT_EQ(told(kSelected + "open_sc -security 0 " + kThreeKeys +
                 "\nsend_apdu -APDU 80CA9F7F00\nget_status -element 40\n"),
            "");
  EXPECT_EQ(
      told(opened + "send_apdu -APDU 80CA9F7F00 # gpsh:allow plain-in-channel\nget_status -element 40\n"),
      "");
}

TEST(CheckOrder, ModeBehindCardConnect) {
  EXPECT_EQ(told("establish_context\ncard_connect\nmode_211\nselect\n"),
            "list.txt:3:1: note[gpsh.mode-after-connect]: GPShell takes the mode at card_connect; with it, "
            "open_sc fails after this line\n"
            "  advice: put mode_211 before card_connect to mean the same everywhere\n");
}

TEST(CheckOrder, CommandsOfGpshell14) {
  EXPECT_EQ(told("visa_key_derivation\n"),
            "list.txt:1:1: note[gpsh.old-command]: GPShell 3 does not know visa_key_derivation and goes on "
            "with keys that are not derived\n"
            "  advice: write open_sc -keyDerivation visa2 to mean the same everywhere\n");
}

TEST(CheckOrder, NothingBehindExitIsAnError) {
  EXPECT_EQ(told("exit\nselect\nopen_cs\n"),
            "list.txt:2:1: note[gpsh.unreachable]: this line and those below are never reached: exit stands "
            "before them\n"
            "  advice: remove them, or the exit\n"
            "list.txt:3:1: warning[gpsh.unknown-command]: unknown command open_cs\n"
            "  open_cs\n"
            "  ^^^^^^^\n"
            "  advice: did you mean open_sc?\n");
}

TEST(CheckOrder, TwoNamesForTheReader) {
  EXPECT_EQ(told("establish_context\ncard_connect -readerNumber 2 -reader Foo\n"),
            "list.txt:2:28: warning[gpsh.ignored-option]: -readerNumber is ignored, as -reader is given\n"
            "  card_connect -readerNumber 2 -reader Foo\n"
            "                             ^\n"
            "  advice: give one of them\n");
}

TEST(CheckOrder, ALineThatCannotBeReadIsTakenToHaveDoneItsWork) {
  const auto text = told(
      "mode_211\nestablish_context\ncard_connect -protocol 7\nselect -AID 1\nopen_sc -key 4\n"
      "get_status -element 40\nput_sc_key -newkeyver 2 " +
      kThreeKeys + "\n");
  EXPECT_NE(text.find("list.txt:3:24: error[gpsh.bad-value]"), std::string::npos) << text;
  EXPECT_NE(text.find("list.txt:4:13: error[gpsh.odd-hex]"), std::string::npos) << text;
  EXPECT_NE(text.find("list.txt:5:14: error[gpsh.odd-hex]"), std::string::npos) << text;
  EXPECT_EQ(text.find("list.txt:6"), std::string::npos) << text;
  EXPECT_EQ(text.find("list.txt:7"), std::string::npos) << text;
}

}  // namespace
}  // namespace gpsh::test
