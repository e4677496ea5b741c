// SPDX-License-Identifier: Apache-2.0
#include "gp/card_session.h"

#include <gmock/gmock.h>

#include "core/error.h"
#include "tests/gp/session_fixture.h"
#include "tests/support/thrown_error.h"

namespace gpsh::gp {
namespace {

using test::thrown_error;
using testing::ElementsAre;

const CommandApdu kGetStatus{
    .cla = 0x80, .ins = 0xF2, .p1 = 0x80, .p2 = 0x02, .data = {0x4F, 0x00}, .le = 256};
const CommandApdu kInstall{.cla = 0x80, .ins = 0xE6, .p1 = 0x02, .data = {0x01}, .le = 256};

/// The channel of recording gp-02 (level 01), right after EXTERNAL AUTHENTICATE.
SecureChannel open_scp02(SecurityLevel level) {
  const auto key = Secret::from_hex("404142434445464748494A4B4C4D4E4F").value();
  const KeySet keys{key.clone(), key.clone(), key.clone()};
  const auto answer =
      InitializeUpdateResponse::parse(hex("00002345558083204839 0102 00123E6DB216F8D5 8177E15BAA128DF9"));
  Scp02 protocol(
      {.keys = keys, .answer = answer, .host_challenge = hex("BD76C16D1D2E2D76"), .i = 0x15, .level = level});
  static_cast<void>(protocol.external_authenticate());
  return {{.protocol = Scp02::kNumber, .i = 0x15, .level = level, .key_version = 1}, std::move(protocol)};
}

class CardSessionTest : public SessionTest {};

class CardSessionOnGpshellsWire : public SessionTest {
 protected:
  CardSessionOnGpshellsWire() : SessionTest(Wire::gpshell) {}
};

TEST_F(CardSessionTest, WithoutChannelCommandsGoOutAsTheyAre) {
  card.expect("80F28002024F0000", "E300 9000");
  const auto response = session.transmit(kGetStatus, "GET STATUS");
  EXPECT_EQ(to_hex(response.encode()), "E3009000");
  EXPECT_FALSE(session.channel_open());
  EXPECT_EQ(session.channel(), nullptr);
  EXPECT_THAT(observer.lines, ElementsAre("command 80F28002024F0000", "wire 80F28002024F0000",
                                          "response E3009000", "unwrapped E3009000"));
}

TEST_F(CardSessionTest, ThroughAChannelCommandsAreWrapped) {
  session.open_channel(open_scp02(SecurityLevel(0x01)));
  card.expect("84F280020A4F00338B494AFCB283B400", "9000").expect("84F240020A4F0029AA9C8EF87BE9D200", "6A88");
  session.transmit(kGetStatus, "GET STATUS");
  auto applications = kGetStatus;
  applications.p1 = 0x40;
  EXPECT_EQ(session.transmit(applications, "GET STATUS").sw.value(), 0x6A88);
  EXPECT_THAT(observer.lines,
              ElementsAre("command 80F28002024F0000", "wire 84F280020A4F00338B494AFCB283B400",
                          "response 9000", "unwrapped 9000", "command 80F24002024F0000",
                          "wire 84F240020A4F0029AA9C8EF87BE9D200", "response 6A88", "unwrapped 6A88"));
}

TEST_F(CardSessionTest, PlainAndRawNeverGoThroughTheChannel) {
  session.open_channel(open_scp02(SecurityLevel(0x01)));
  card.expect("80F28002024F0000", "6982")
      .expect("00A4", "6700")
      .expect("84F280020A4F00338B494AFCB283B400", "9000");
  EXPECT_EQ(session.transmit_plain(kGetStatus, "GET STATUS").sw.value(), 0x6982);
  EXPECT_EQ(session.transmit_raw(hex("00A4")).sw.value(), 0x6700);
  session.transmit(kGetStatus, "GET STATUS");  // the chain has not moved meanwhile
}

TEST_F(CardSessionTest, ClosingForgetsTheChannel) {
  session.open_channel(open_scp02(SecurityLevel(0x01)));
  ASSERT_TRUE(session.channel_open());
  EXPECT_EQ(session.channel()->key_version, 1);
  session.close_channel();
  card.expect("80F28002024F0000", "9000");
  session.transmit(kGetStatus, "GET STATUS");
  EXPECT_EQ(session.channel(), nullptr);
}

TEST_F(CardSessionTest, ANewSelectionEndsTheChannel) {
  session.open_channel(open_scp02(SecurityLevel(0x01)));
  session.set_selection({});
  EXPECT_FALSE(session.channel_open());
}

TEST_F(CardSessionTest, WrongLeInsideAChannelIsWrappedAnew) {
  session.open_channel(open_scp02(SecurityLevel(0x01)));
  auto again = open_scp02(SecurityLevel(0x01));
  static_cast<void>(again.wrap(kGetStatus));
  auto with_le = kGetStatus;
  with_le.le = 5;
  const auto second = to_hex(again.wrap(with_le).encode());
  card.expect("84F280020A4F00338B494AFCB283B400", "6C05").expect(second, "E303010203 9000");
  EXPECT_EQ(session.transmit(kGetStatus, "GET STATUS").data, hex("E303010203"));
}

TEST_F(CardSessionTest, WrongLeIsNotRepeatedForACommandThatChangesTheCard) {
  session.open_channel(open_scp02(SecurityLevel(0x01)));
  card.expect(to_hex(open_scp02(SecurityLevel(0x01)).wrap(kInstall).encode()), "6C05");
  EXPECT_EQ(session.transmit(kInstall, "INSTALL").sw.value(), 0x6C05);
}

TEST_F(CardSessionOnGpshellsWire, WrongLeInsideAChannelIsReturned) {
  session.open_channel(open_scp02(SecurityLevel(0x01)));
  card.expect("84F280020A4F00338B494AFCB283B400", "6C05");
  EXPECT_EQ(session.transmit(kGetStatus, "GET STATUS").sw.value(), 0x6C05);
}

TEST_F(CardSessionTest, TooMuchDataIsRefusedBeforeAnythingIsSent) {
  session.open_channel(open_scp02(SecurityLevel(0x03)));
  auto load = kInstall;
  load.data = Bytes(240);
  EXPECT_EQ(thrown_error([&] { return session.transmit(load, "LOAD"); }).code, "too-long-for-channel");
  EXPECT_TRUE(observer.lines.empty());
}

TEST_F(CardSessionTest, MostCommandData) {
  EXPECT_EQ(session.max_command_data(), 255U);
  session.open_channel(open_scp02(SecurityLevel(0x03)));
  EXPECT_EQ(session.max_command_data(), 239U);
}

TEST_F(CardSessionTest, MostCommandDataOfACardThatTakesLess) {
  session.set_selection({.fci = hex("6F06 A504 9F650180")});
  EXPECT_EQ(session.max_command_data(), 128U);
  session.open_channel(open_scp02(SecurityLevel(0x01)));
  EXPECT_EQ(session.max_command_data(), 120U);
  session.set_selection({.fci = hex("6F07 A505 9F65020100")});
  EXPECT_EQ(session.max_command_data(), 255U);
}

TEST_F(CardSessionTest, AnUnusableLimitIsIgnored) {
  for (const auto* fci :
       {"6F06A5049F650100", "6F06A5049F650108", "6F08A5069F6503010203", "6F05A5049F65", ""}) {
    session.set_selection({.fci = hex(fci)});
    EXPECT_EQ(session.max_command_data(), 255U) << fci;
  }
}

TEST_F(CardSessionOnGpshellsWire, DoesNotKnowTheCardsLimit) {
  session.set_selection({.fci = hex("6F06 A504 9F650180")});
  EXPECT_EQ(session.max_command_data(), 255U);
}

TEST_F(CardSessionTest, WhatIsStoppedBehindItsMacEndsTheChannel) {
  session.open_channel(open_scp02(SecurityLevel(0x01)));
  observer.stopping = true;
  EXPECT_EQ(thrown_error([&] { return session.transmit(kGetStatus, "GET STATUS"); }).code, "interrupted");
  EXPECT_EQ(
      thrown_error([&] { return session.transmit(kInstall, "INSTALL"); }).message,
      "INSTALL was not sent: a command before it was stopped behind its C-MAC, so the card would refuse this "
      "one");
  session.open_channel(open_scp02(SecurityLevel(0x00)));
  EXPECT_EQ(thrown_error([&] { return session.transmit(kGetStatus, "GET STATUS"); }).code, "interrupted");
  EXPECT_TRUE(session.channel_open()) << "without MACs nothing is out of step";
}

TEST_F(CardSessionTest, AnAnswerThatCannotBeFetchedNamesTheCommand) {
  card.expect("80E602000101 00", "6110").expect("00C0000010", "6D00");
  const auto error = thrown_error([&] { return session.transmit(kInstall, "INSTALL"); });
  EXPECT_EQ(error.code, "answer-not-fetched");
  ASSERT_TRUE(error.exchange);
  EXPECT_EQ(error.exchange->command, "INSTALL");
  EXPECT_EQ(to_hex(error.exchange->apdu), "80E60200010100");
  EXPECT_EQ(error.exchange->sw, StatusWord(0x6D00));
}

TEST_F(CardSessionTest, ATransportErrorShowsNoKeyAndNoPin) {
  const auto shown = [&](std::string_view apdu) {
    card.expect(apdu, "");
    return to_hex(thrown_error([&] { return session.transmit_raw(hex(apdu)); }).exchange->apdu);
  };
  EXPECT_EQ(shown("80D8008104 01020304 00"), "80D80081");
  EXPECT_EQ(shown("0020008008 241234FFFFFFFFFF"), "00200080");
  EXPECT_EQ(shown("0024008002 1234"), "00240080");
  EXPECT_EQ(shown("80E2E00002 1234"), "80E2E000");
  EXPECT_EQ(shown("00200080081234"), "00200080") << "no command APDU";
  EXPECT_EQ(shown("80CA006600"), "80CA006600");
}

TEST_F(CardSessionTest, ATransportErrorNamesTheCommand) {
  card.expect("80F28002024F0000", "");
  const auto error = thrown_error([&] { return session.transmit(kGetStatus, "GET STATUS"); });
  EXPECT_EQ(error.code, "short-response");
  ASSERT_TRUE(error.exchange);
  EXPECT_EQ(error.exchange->command, "GET STATUS");
  EXPECT_EQ(to_hex(error.exchange->apdu), "80F28002024F0000");
  EXPECT_FALSE(error.exchange->sw);
  EXPECT_THAT(observer.lines, ElementsAre("command 80F28002024F0000", "wire 80F28002024F0000"));
}

}  // namespace
}  // namespace gpsh::gp
