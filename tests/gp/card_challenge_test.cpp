// SPDX-License-Identifier: Apache-2.0
// Opening a channel where the card announces a pseudo-random challenge (SCP02 i bit 40), with the numbers of
// recording gpshell-01; and what opening does at the end of a recording.
#include "core/error.h"

#include "gp/open_channel.h"
#include "gp/select.h"
#include "tests/gp/session_fixture.h"
#include "tests/support/thrown_error.h"
#include <gtest/gtest.h>

namespace gpsh::gp {
namespace {

using test::thrown_error;

constexpr auto kSelect = "00A4040008A000000151000000";
constexpr auto kAskCardData = "80CA006600";
constexpr auto kAnnounces55 = "660F 730D 640B 06092A864886FC6B040255 9000";
constexpr auto kInitializeUpdate = "8050000008 1443E205269A2AB5 00";
constexpr auto kAnswer = "00002345558083204839 0102 00013C2B9786B83B 4A40328149BB6F3F 9000";
constexpr auto kExternalAuthenticate = "848203001007B2E3773126A490BC24C2ADC1FF46C8";

Aid aid(std::string_view text) {
  return Aid::from_bytes(hex(text)).value();
}

OpenRequest request() {
  const auto key = Secret::from_hex("404142434445464748494A4B4C4D4E4F").value();
  return {.keys = {.keys = {key.clone(), key.clone(), key.clone()}}, .level = SecurityLevel(0x03)};
}

OpenRequest wrong_mac_request() {
  auto open = request();
  open.keys.keys.mac = Secret::from_hex("47454D5850524553534F53414D504C45").value();
  return open;
}

class CardChallengeTest : public SessionTest {
 protected:
  CardChallengeTest() { random = FixedRandom(hex("1443E205269A2AB5")); }
  void select_domain(std::string_view fci = "") {
    card.expect(kSelect, std::string(fci) + "9000");
    select(session, aid("A000000151000000"));
  }
  void expect_start() { card.expect(kAskCardData, kAnnounces55).expect(kInitializeUpdate, kAnswer); }
  ErrorFacts failure(const OpenRequest& open) {
    return thrown_error([&] {
      open_channel(session, open);
      return 0;
    });
  }
};

TEST_F(CardChallengeTest, ProvesTheMacKey) {
  select_domain();
  expect_start();
  card.expect(kExternalAuthenticate, "9000");
  open_channel(session, request());
  EXPECT_EQ(session.channel()->i, 0x55);
  EXPECT_EQ(remark_text("keys-proven"),
            "the card has proven that it knows the ENC and MAC keys; the DEK is unproven");
}

// GPCS 2.3.1 Table E-1: 1A starts implicitly, so the second announced i is that of the channel.
TEST_F(CardChallengeTest, BehindAnImplicitImplementationItIsAnnouncedToo) {
  select_domain();
  card.expect(kAskCardData, "661A 7318 6416 06092A864886FC6B04021A 06092A864886FC6B040255 9000")
      .expect(kInitializeUpdate, kAnswer);
  EXPECT_EQ(failure(wrong_mac_request()).code, "card-challenge");
  EXPECT_EQ(remark_text("protocol-source"), "SCP02 with i=55: taken from GET DATA 0066 (tag 64)");
}

TEST_F(CardChallengeTest, AWrongMacKeyIsFoundBeforeExternalAuthenticate) {
  select_domain();
  expect_start();
  const auto error = failure(wrong_mac_request());
  EXPECT_EQ(error.kind, ErrorKind::security);
  EXPECT_EQ(error.code, "card-challenge");
  EXPECT_EQ(error.advice, "the MAC key is wrong, or the AID is not the one the card uses; --force continues");
  EXPECT_FALSE(session.channel_open());
}

TEST_F(CardChallengeTest, ForceGoesOnWithAWarning) {
  card.expect("00A4040005A000000151", "9000");
  select(session, aid("A000000151"));
  expect_start();
  card.expect(kExternalAuthenticate, "9000");
  auto open = request();
  open.force = Force::yes;
  open_channel(session, open);
  EXPECT_TRUE(session.channel_open());
  EXPECT_EQ(remark("card-challenge")->severity, Severity::warning);
}

TEST_F(CardChallengeTest, TheTypedAidServesWhereTheCardsDoesNot) {
  select_domain("6F07 8405A000000999");
  expect_start();
  card.expect(kExternalAuthenticate, "9000");
  open_channel(session, request());
  EXPECT_TRUE(session.channel_open());
}

TEST_F(CardChallengeTest, WithoutAnyAidItIsNotChecked) {
  expect_start();
  card.expect(kExternalAuthenticate, "9000");
  open_channel(session, request());
  EXPECT_NE(remark("card-challenge"), nullptr);
}

TEST_F(CardChallengeTest, AnOptionAloneDoesNotMakeItBinding) {
  card.expect("00A4040005A000000151", "9000")
      .expect(kInitializeUpdate, kAnswer)
      .expect(kExternalAuthenticate, "9000");
  select(session, aid("A000000151"));
  auto open = request();
  open.scp = 2;
  open.scp_impl = 0x55;
  open_channel(session, open);
  EXPECT_TRUE(session.channel_open());
}

TEST_F(CardChallengeTest, AnOptionWithoutTheBitIsHeard) {
  select_domain("6F11 A50F 730D 640B 06092A864886FC6B040255");
  card.expect(kInitializeUpdate, kAnswer);
  auto open = wrong_mac_request();
  open.scp = 2;
  open.scp_impl = 0x15;
  EXPECT_THROW(open_channel(session, open), std::logic_error)
      << "EXTERNAL AUTHENTICATE is the unexpected command";
  EXPECT_EQ(remark("implementation-differs")->severity, Severity::note);
}

/// A recording that ends where the program that wrote it gave up.
class EndingConnection final : public Connection {
 public:
  explicit EndingConnection(std::string_view answer) : answer_(hex(answer)) {}
  Bytes transmit(ByteView) override {
    if (ended_)
      throw Error({.kind = ErrorKind::card, .code = "replay-end", .message = "the recording has ended"});
    ended_ = true;
    return answer_;
  }
  void reset() override {}
  [[nodiscard]] ConnectionInfo describe() const override { return {}; }

 private:
  Bytes answer_;
  bool ended_ = false;
};

ErrorFacts end_after(std::string_view card_data) {
  EndingConnection connection(card_data);
  test::CollectingObserver observer;
  FixedRandom random(hex("01"));
  CardSession session(connection, observer, random, Wire::gpshell);
  return thrown_error([&] {
    open_channel(session, request());
    return 0;
  });
}

TEST(EndOfRecording, AfterARefusedDetection) {
  const auto error = end_after("6985");
  EXPECT_EQ(error.kind, ErrorKind::card);
  EXPECT_EQ(error.code, "detection-refused");
  EXPECT_EQ(error.advice, "the recording ends here; on a card gpsh goes on with INITIALIZE UPDATE");
  ASSERT_TRUE(error.exchange);
  EXPECT_EQ(to_hex(error.exchange->apdu), "80CA006600");
  EXPECT_EQ(error.exchange->sw, StatusWord(0x6985));
}

TEST(EndOfRecording, AfterADetectionWithoutUsableProtocol) {
  EXPECT_EQ(end_after("660F 730D 640B 06092A864886FC6B048000 9000").code, "no-protocol");
}

TEST(EndOfRecording, AfterAnUnreadableDetection) {
  EXPECT_EQ(end_after("66FF 9000").code, "bad-response");
}

TEST(EndOfRecording, AfterAGoodDetection) {
  EXPECT_EQ(end_after(kAnnounces55).code, "replay-end");
}

}  // namespace
}  // namespace gpsh::gp
