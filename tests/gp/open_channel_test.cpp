// SPDX-License-Identifier: Apache-2.0
#include "gp/open_channel.h"

#include <gmock/gmock.h>

#include "core/error.h"
#include "gp/registry.h"
#include "gp/scp02.h"
#include "gp/select.h"
#include "tests/gp/card_side.h"
#include "tests/gp/open_channel_fixture.h"

namespace gpsh::gp {
namespace {

using test::thrown_error;
using testing::HasSubstr;

// ScriptedConnection fails on any command that is not expected: EXTERNAL AUTHENTICATE is expected only where
// a test says so.

TEST_F(OpenChannelTest, WithOptionsNothingIsAsked) {
  card.expect(kInitializeUpdate, kAnswer).expect(kExternalAuthenticate, "9000");
  open_channel(session, told_request());
  ASSERT_TRUE(session.channel_open());
  EXPECT_EQ(*session.channel(), (ChannelInfo{.protocol = 2,
                                             .i = 0x15,
                                             .level = SecurityLevel(0x03),
                                             .key_version = 0xFF,
                                             .diversification_data = hex("00001202102560956619")}));
  EXPECT_EQ(remark_text("protocol-source"), "SCP02 with i=15: taken from the options");
  EXPECT_EQ(remark_text("keys-proven"),
            "the card has proven that it knows the ENC key; MAC and DEK are unproven");
}

// Recording seed-03: GPShell gave up here.
TEST_F(OpenChannelTest, GoesOnWhenTheCardDataIsRefused) {
  card.expect(kSelect, kFci)
      .expect(kAskCardData, "6985")
      .expect(kInitializeUpdate, kAnswer)
      .expect(kExternalAuthenticate, "9000");
  select(session, Aid::from_bytes(hex("A000000003000000")));
  open_channel(session, request());
  EXPECT_TRUE(session.channel_open());
  EXPECT_EQ(remark_text("protocol-source"),
            "SCP02 with i=15: taken from the SELECT response (tag 64); GET DATA 0066 was refused: 6985");
}

TEST_F(OpenChannelTest, AssumesTheUsualImplementation) {
  card.expect(kAskCardData, "6A88").expect(kInitializeUpdate, kAnswer).expect(kExternalAuthenticate, "9000");
  open_channel(session, request());
  EXPECT_EQ(remark_text("protocol-source"),
            "SCP02 with i=15: assumed, as the card does not say; GET DATA 0066 was refused: 6A88");
}

TEST_F(OpenChannelTest, KeyVersionAndIndexAreP1AndP2) {
  card.expect("8050200108 266C8E3C10693905 00", "6A88").expect("80CA00E000", "6A88");
  auto open = told_request();
  open.key_version = 0x20;
  open.key_index = 0x01;
  EXPECT_EQ(failure(open).code, "card-status");
}

TEST_F(OpenChannelTest, AnotherKeyVersionThanAskedForIsTold) {
  card.expect("8050200008 266C8E3C10693905 00", kAnswer).expect(kExternalAuthenticate, "9000");
  auto open = told_request();
  open.key_version = 0x20;
  open_channel(session, open);
  EXPECT_EQ(session.channel()->key_version, 0xFF);
  ASSERT_NE(remark("key-version-differs"), nullptr);
  EXPECT_EQ(remark("key-version-differs")->severity, Severity::warning);
  EXPECT_EQ(remark_text("key-version-differs"),
            "key version 32 was asked for, the card answered with version 255");
  EXPECT_EQ(
      remark("key-version-differs")->advice,
      "before put_sc_key or delete_key with -keyver 32, look with get_key_information_templates at what "
      "the card has");
}

TEST_F(OpenChannelTest, TheKeyVersionAskedForIsNoNews) {
  for (const auto* asked : {"FF", "00"}) {
    card.expect("8050" + std::string(asked) + "0008 266C8E3C10693905 00", kAnswer)
        .expect(kExternalAuthenticate, "9000");
    auto open = told_request();
    open.key_version = hex(asked).front();
    random = FixedRandom(hex("266C8E3C10693905"));
    open_channel(session, open);
    EXPECT_EQ(remark("key-version-differs"), nullptr) << asked;
  }
}

TEST_F(OpenChannelTest, ExternalAuthenticateIsTracedAsItIsSent) {
  card.expect(kInitializeUpdate, kAnswer).expect(kExternalAuthenticate, "9000");
  open_channel(session, told_request());
  const auto& lines = observer.lines;
  ASSERT_EQ(lines.size(), 8U);
  EXPECT_EQ(lines.at(4), std::string("command ") + kExternalAuthenticate);
  EXPECT_EQ(lines.at(5), std::string("wire ") + kExternalAuthenticate);
}

TEST_F(OpenChannelTest, APublicKeyIsNamed) {
  card.expect(kInitializeUpdate, kAnswer).expect(kExternalAuthenticate, "9000");
  open_channel(session, told_request());
  ASSERT_NE(remark("public-key"), nullptr);
  EXPECT_THAT(remark_text("public-key"), HasSubstr("anyone can manage this card"));
}

TEST_F(OpenChannelTest, APublicMasterKeyIsNamed) {
  // Keys of this answer, as VISA 2 makes them of the default key (recording jcardmanager-02 has the method).
  const test::CardSide side{.protocol = 2, .derivation = "visa2", .master = hex(kDefaultKey)};
  random = FixedRandom(side.host_challenge());
  auto open = told_request();
  open.keys.base_key = key(kDefaultKey);
  open.keys.derivation = Diversification::parse("visa2");
  const auto answer = InitializeUpdateResponse::parse(side.answer());
  const auto keys = diversify(open.keys.derivation, open.keys.base_key, answer.diversification_data, 2);
  Scp02 expected({.keys = keys,
                  .answer = answer,
                  .host_challenge = side.host_challenge(),
                  .i = 0x15,
                  .level = SecurityLevel(0x03)});
  card.expect("8050000008" + to_hex(side.host_challenge()) + "00", to_hex(side.answer()) + "9000")
      .expect(to_hex(expected.external_authenticate().encode()), "9000");
  open_channel(session, open);
  EXPECT_EQ(remark_text("public-key"),
            "anyone can manage this card: its keys are derived from the GlobalPlatform test key "
            "404142434445464748494A4B4C4D4E4F");
  EXPECT_THAT(remark_text("derived-keys"), HasSubstr("keys derived with VISA 2, check values ENC "));
}

TEST_F(OpenChannelTest, OneKeyServesForAllThree) {
  card.expect(kInitializeUpdate, kAnswer).expect(kExternalAuthenticate, "9000");
  auto open = told_request();
  open.keys = {};
  open.keys.base_key = key(kDefaultKey);
  open_channel(session, open);
  EXPECT_EQ(remark_text("key-for-all"), "-key is used as ENC, MAC and DEK key, as none of them is given");
}

// Keys of an earlier line stay in force, so `-key` alone comes together with them.
TEST_F(OpenChannelTest, OneKeyReplacesThreeThatDoNotFit) {
  card.expect(kInitializeUpdate, kAnswer).expect(kExternalAuthenticate, "9000");
  auto open = told_request("505152535455565758595A5B5C5D5E5F");
  open.keys.base_key = key(kDefaultKey);
  open_channel(session, open);
  EXPECT_EQ(remark_text("key-for-all"),
            "-key is used as ENC, MAC and DEK key, as it fits and the ones given otherwise do not");
}

TEST_F(OpenChannelTest, ThreeKeysThatFitStandAgainstOne) {
  card.expect(kInitializeUpdate, kAnswer).expect(kExternalAuthenticate, "9000");
  auto open = told_request();
  open.keys.base_key = key("505152535455565758595A5B5C5D5E5F");
  open_channel(session, open);
  EXPECT_EQ(remark("key-for-all"), nullptr);
}

TEST_F(OpenChannelTest, NeitherOneKeyNorThreeFit) {
  card.expect(kInitializeUpdate, kAnswer);
  auto open = told_request("505152535455565758595A5B5C5D5E5F");
  open.keys.base_key = key("606162636465666768696A6B6C6D6E6F");
  EXPECT_EQ(failure(open).code, "card-cryptogram");
}

TEST_F(OpenChannelTest, OptionAgainstAnswer) {
  card.expect(kInitializeUpdate, kAnswer);
  auto open = told_request();
  open.scp = 3;
  open.scp_impl = 0x70;
  const auto error = failure(open);
  EXPECT_EQ(error.code, "protocol-mismatch");
  EXPECT_EQ(error.message,
            "the options say SCP03, the card answered SCP02, and its cryptogram is that of SCP02");
}

TEST_F(OpenChannelTest, OptionThatTheCryptogramProves) {
  card.expect(kInitializeUpdate, answer_naming(1)).expect(kExternalAuthenticate, "9000");
  open_channel(session, told_request());
  EXPECT_THAT(remark_text("protocol-differs"), HasSubstr("names protocol 01"));
}

TEST_F(OpenChannelTest, OptionThatNothingProves) {
  card.expect(kInitializeUpdate, answer_naming(1));
  EXPECT_EQ(failure(told_request("47454D5850524553534F53414D504C45")).code, "card-cryptogram");
}

TEST_F(OpenChannelTest, UnknownProtocolByte) {
  card.expect(kAskCardData, "6A88")
      .expect(kInitializeUpdate, answer_naming(0x00))
      .expect(kExternalAuthenticate, "9000");
  open_channel(session, request());
  EXPECT_THAT(remark_text("protocol-differs"), HasSubstr("names protocol 00"));
  card.expect(kAskCardData, "6A88").expect(kInitializeUpdate, answer_naming(0x00));
  EXPECT_EQ(failure(request("47454D5850524553534F53414D504C45")).code, "no-protocol");
}

TEST_F(OpenChannelTest, AnotherProtocolThanAnnouncedIsJudgedByItsCryptogram) {
  card.expect(kAskCardData, "6A88")
      .expect(kInitializeUpdate, answer_naming(1))
      .expect(kExternalAuthenticate, "9000");
  open_channel(session, request());
  EXPECT_EQ(session.channel()->protocol, 2);
  EXPECT_EQ(remark_text("protocol-differs"),
            "the card names protocol 01 in its answer, but its cryptogram is that of SCP02; it is used");
  card.expect(kAskCardData, "6A88")
      .expect(kInitializeUpdate,
              "00000000000000000000 01 03 70 0102030405060708 0102030405060708 000001 9000");
  EXPECT_THAT(failure(request()).message, HasSubstr("not what the MAC key gives (SCP03, key version 01)"));
}

TEST_F(OpenChannelTest, AnnouncedImplementationThatDoesNotExistIsPassedOver) {
  card.expect(kAskCardData, "660F 730D 640B 06092A864886FC6B04020D 9000")
      .expect(kInitializeUpdate, kAnswer)
      .expect(kExternalAuthenticate, "9000");
  open_channel(session, request());
  EXPECT_EQ(session.channel()->i, 0x15);
}

TEST_F(OpenChannelTest, ImplicitImplementationIsNeverTakenFromAnAnnouncement) {
  card.expect(kAskCardData, "660F 730D 640B 06092A864886FC6B04021A 9000")
      .expect(kInitializeUpdate, kAnswer)
      .expect(kExternalAuthenticate, "9000");
  open_channel(session, request());
  EXPECT_EQ(session.channel()->i, 0x15);
}

TEST_F(OpenChannelTest, Visa1HasNoEffectWhereTheKeysFitAsTheyAre) {
  card.expect(kInitializeUpdate, kAnswer).expect(kExternalAuthenticate, "9000");
  auto open = told_request();
  open.keys.derivation = Diversification::parse("visa1");
  open_channel(session, open);
  EXPECT_NE(remark("visa1-without-effect"), nullptr);
}

TEST_F(OpenChannelTest, OptionAgainstAnnouncement) {
  card.expect(kSelect, "6F11 A50F 730D 640B 06092A864886FC6B040205 9000")
      .expect(kInitializeUpdate, kAnswer)
      .expect(kExternalAuthenticate, "9000");
  select(session, Aid::from_bytes(hex("A000000003000000")));
  open_channel(session, told_request());
  ASSERT_NE(remark("implementation-differs"), nullptr);
  EXPECT_EQ(remark("implementation-differs")->severity, Severity::warning);
}

TEST_F(OpenChannelTest, Mode201OnAnScp02Card) {
  card.expect(kInitializeUpdate, kAnswer);
  auto open = request();
  open.mode = CardMode::open_platform_201;
  const auto error = failure(open);
  EXPECT_EQ(error.kind, ErrorKind::security);
  EXPECT_EQ(error.code, "wrong-mode");
  EXPECT_EQ(error.message, "the card answered SCP02, the script is in mode_201");
  EXPECT_THAT(error.advice, HasSubstr("add mode_211 before card_connect"));
}

TEST_F(OpenChannelTest, Mode201OnAnotherCard) {
  card.expect(kInitializeUpdate, answer_naming(1));
  auto open = request("47454D5850524553534F53414D504C45");
  open.mode = CardMode::open_platform_201;
  EXPECT_EQ(failure(open).code, "card-cryptogram");
}

// Q9: no command goes through a channel that open_sc replaces; Q12: SELECT ends it.
TEST_F(OpenChannelTest, ReopeningForgetsTheOldChannelFirst) {
  card.expect(kInitializeUpdate, kAnswer)
      .expect(kExternalAuthenticate, "9000")
      .expect(kAskCardData, "6A88")
      .expect(kInitializeUpdate, kAnswer)
      .expect(kExternalAuthenticate, "9000");
  open_channel(session, told_request());
  open_channel(session, request());
  EXPECT_TRUE(session.channel_open());
}

TEST_F(OpenChannelTest, AFailedReopeningLeavesNoChannel) {
  card.expect(kInitializeUpdate, kAnswer)
      .expect(kExternalAuthenticate, "9000")
      .expect(kInitializeUpdate, "6982")
      .expect("80F24002024F0000", "6982");
  open_channel(session, told_request());
  EXPECT_EQ(failure(told_request()).code, "card-status");
  EXPECT_EQ(thrown_error([&] { return get_status(session, {.element = 0x40}); }).code, "card-status");
}

TEST_F(OpenChannelTest, ReselectingEndsTheChannel) {
  card.expect(kInitializeUpdate, kAnswer)
      .expect(kExternalAuthenticate, "9000")
      .expect(kSelect, "9000")
      .expect("80F24002024F0000", "6A88");
  open_channel(session, told_request());
  select(session, Aid::from_bytes(hex("A000000003000000")));
  EXPECT_TRUE(get_status(session, {.element = 0x40}).empty());
}

TEST_F(OpenChannelTest, ANewConnectionStartsWithoutChannel) {
  card.expect(kInitializeUpdate, kAnswer).expect(kExternalAuthenticate, "9000").expect(kAskCardData, "6A88");
  open_channel(session, told_request());
  CardSession reconnected(card, observer, random, Wire::gpsh);
  EXPECT_FALSE(reconnected.channel_open());
  EXPECT_FALSE(reconnected.selected_aid());
  static_cast<void>(detect_protocol(reconnected, {}));
}

}  // namespace
}  // namespace gpsh::gp
