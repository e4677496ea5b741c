// SPDX-License-Identifier: Apache-2.0
#include "gp/open_channel.h"

#include <gmock/gmock.h>

#include "core/error.h"
#include "gp/registry.h"
#include "gp/select.h"
#include "tests/gp/session_fixture.h"
#include "tests/support/thrown_error.h"

namespace gpsh::gp {
namespace {

using test::thrown_error;
using testing::HasSubstr;

constexpr auto kDefaultKey = "404142434445464748494A4B4C4D4E4F";

// Recording seed-04: a JCOP J2A040, level 3.
constexpr auto kSelect = "00A4040008A000000003000000";
constexpr auto kFci =
    "6F65 8408A000000003000000 A559 9F6501FF 9F6E06479100783300 734A 06072A864886FC6B01 "
    "600C060A2A864886FC6B02020101 "
    "63090607 2A864886FC6B03 640B06092A864886FC6B040215 650B06092B8510864864020103 "
    "660C060A2B060104012A026E0102 9000";
constexpr auto kAskCardData = "80CA006600";
constexpr auto kInitializeUpdate = "8050000008 266C8E3C10693905 00";
constexpr auto kAnswer = "00001202102560956619 FF02 0002598DD3961BFD CC97F9DF4F2A6CE2 9000";
constexpr auto kExternalAuthenticate = "84820300105F64BB103F4F871921489BA9BF0BF834";

Secret key(std::string_view text) {
  return Secret::from_hex(text).value();
}

OpenRequest request(std::string_view all_keys = kDefaultKey) {
  return {.keys = {.keys = {key(all_keys), key(all_keys), key(all_keys)}}, .level = SecurityLevel(0x03)};
}

OpenRequest told_request(std::string_view all_keys = kDefaultKey) {
  auto told = request(all_keys);
  told.scp = 2;
  told.scp_impl = 0x15;
  return told;
}

/// The answer with another protocol byte.
std::string answer_naming(std::uint8_t protocol) {
  auto bytes = hex(kAnswer);
  bytes.at(11) = protocol;
  return to_hex(bytes);
}

class OpenChannelTest : public SessionTest {
 protected:
  ErrorFacts failure(const OpenRequest& open) {
    auto facts = thrown_error([&] {
      open_channel(session, open);
      return 0;
    });
    EXPECT_FALSE(session.channel_open()) << "a failed open leaves no channel";
    return facts;
  }
};

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

TEST_F(OpenChannelTest, OneKeyServesForAllThree) {
  card.expect(kInitializeUpdate, kAnswer).expect(kExternalAuthenticate, "9000");
  auto open = told_request();
  open.keys = {};
  open.keys.base_key = key(kDefaultKey);
  open_channel(session, open);
  EXPECT_NE(remark("key-for-all"), nullptr);
}

TEST_F(OpenChannelTest, NothingIsSentWithoutKeys) {
  auto open = told_request();
  open.keys.keys.mac = Secret();
  EXPECT_EQ(failure(open).code, "key-missing");
  open.keys = {};
  EXPECT_EQ(failure(open).message, "a secure channel needs the ENC key");
}

TEST_F(OpenChannelTest, NothingIsSentForWhatDoesNotExist) {
  auto open = told_request();
  open.level = SecurityLevel(0x05);
  EXPECT_EQ(failure(open).message, "there is no security level 05");
  open = told_request();
  open.scp_impl = 0x0D;
  EXPECT_EQ(failure(open).message, "there is no SCP02 with i=0D");
  open.scp = 17;
  EXPECT_EQ(failure(open).message, "there is no SCP17 with i=0D");
}

TEST_F(OpenChannelTest, LevelThatTheImplementationDoesNotCover) {
  card.expect(kInitializeUpdate, kAnswer);
  auto open = told_request();
  open.level = SecurityLevel(0x11);
  const auto error = failure(open);
  EXPECT_EQ(error.code, "level-not-covered");
  EXPECT_EQ(error.message, "SCP02 with i=15 has no security level 11 (C-MAC + R-MAC)");
}

TEST_F(OpenChannelTest, AWrongEncKeyIsFoundBeforeTheCardCanCountIt) {
  card.expect(kInitializeUpdate, kAnswer);
  const auto error = failure(told_request("47454D5850524553534F53414D504C45"));
  EXPECT_EQ(error.kind, ErrorKind::security);
  EXPECT_EQ(error.code, "card-cryptogram");
  EXPECT_EQ(
      error.message,
      "the card cryptogram is not what the ENC key gives (SCP02, key version FF); ENC, MAC and DEK are all "
      "unproven");
}

TEST_F(OpenChannelTest, EveryTamperedByteOfTheAnswerStopsIt) {
  const auto answer = hex(kAnswer);
  for (std::size_t at = 12; at < 28; ++at) {
    auto tampered = answer;
    tampered.at(at) ^= 0x01;
    card.expect(kInitializeUpdate, to_hex(tampered));
    EXPECT_EQ(failure(told_request()).code, "card-cryptogram") << "byte " << at;
  }
}

TEST_F(OpenChannelTest, AnswersOfOtherLengths) {
  const auto answer = hex(kAnswer);
  for (std::size_t size = 0; size < 28; ++size) {
    card.expect(kInitializeUpdate, to_hex(ByteView(answer).first(size)) + "9000");
    EXPECT_EQ(failure(told_request()).code, "bad-response") << size;
  }
}

TEST_F(OpenChannelTest, AKeyOfAnotherLengthIsFoundBeforeExternalAuthenticate) {
  card.expect(kInitializeUpdate, kAnswer);
  const auto error = failure(told_request("404142434445464748494A4B4C4D4E4F4041424344454647"));
  EXPECT_EQ(error.code, "key-length");
}

TEST_F(OpenChannelTest, TheHostIsRefused) {
  card.expect(kInitializeUpdate, kAnswer).expect(kExternalAuthenticate, "6300");
  const auto error = failure(told_request());
  EXPECT_EQ(error.kind, ErrorKind::card);
  EXPECT_EQ(error.message, "EXTERNAL AUTHENTICATE was refused: 6300, the card rejected the host cryptogram");
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

TEST_F(OpenChannelTest, UnknownKeyVersionListsThoseThatAreThere) {
  card.expect(kInitializeUpdate, "6A88")
      .expect("80CA00E000", "E012 C00401FF8010 C00402FF8010 C00403208010 9000");
  EXPECT_EQ(failure(told_request()).advice,
            "the card has keys of version FF, 20 (hex): say which with -keyver");
  card.expect(kInitializeUpdate, "6A88").expect("80CA00E000", "6A88");
  EXPECT_EQ(failure(told_request()).advice, "the card has no key set of this version: try -keyver 0");
}

TEST_F(OpenChannelTest, RefusedShortChallengeIsTriedLongOnce) {
  card.expect(kAskCardData, "6A88").expect(kInitializeUpdate, "6700");
  card.expect("8050000010 266C8E3C10693905266C8E3C10693905 00", "6700");
  EXPECT_EQ(failure(request()).code, "card-status");
}

TEST_F(OpenChannelTest, Visa1HasNoEffectWhereTheKeysFitAsTheyAre) {
  card.expect(kInitializeUpdate, kAnswer).expect(kExternalAuthenticate, "9000");
  auto open = told_request();
  open.keys.derivation = Diversification::parse("visa1");
  open_channel(session, open);
  EXPECT_NE(remark("visa1-without-effect"), nullptr);
}

TEST_F(OpenChannelTest, DoctorNamesWhatFits) {
  card.expect(kInitializeUpdate, kAnswer);
  auto open = told_request();
  open.keys.derivation = Diversification::parse("visa2");
  const auto error = failure(open);
  EXPECT_EQ(error.code, "card-cryptogram");
  EXPECT_EQ(
      error.advice,
      "SCP02 with your key: leave out -keyDerivation; the card has proven that it knows the ENC key; MAC "
      "and DEK are unproven; EXTERNAL AUTHENTICATE was not sent");
}

TEST_F(OpenChannelTest, DoctorNamesWhatFitsBesideWrongOptions) {
  card.expect(kInitializeUpdate, kAnswer);
  auto open = told_request("47454D5850524553534F53414D504C45");
  open.scp = 1;
  open.scp_impl = 0x05;
  EXPECT_EQ(
      failure(open).advice,
      "SCP02 with the GlobalPlatform test key 404142434445464748494A4B4C4D4E4F: leave out -scp and "
      "-scpimpl; give it as -key; the card has proven that it knows the ENC key; MAC and DEK are unproven; "
      "EXTERNAL AUTHENTICATE was not sent");
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
