// SPDX-License-Identifier: Apache-2.0
// SCP03 answers whose i has bits that AmdD 1.2 Table 5-1 reserves: the card cryptogram is the judge.
#include <gmock/gmock.h>

#include "gp/scp03.h"
#include "tests/gp/card_side.h"
#include "tests/gp/open_channel_fixture.h"

namespace gpsh::gp {
namespace {

struct Answered {
  std::uint8_t i = 0;
  std::uint8_t used = 0;
};

class ReservedImplementationTest : public OpenChannelTest {
 protected:
  static OpenRequest at_level(std::uint8_t level) {
    auto open = request();
    open.level = SecurityLevel(level);
    return open;
  }

  /// The card answers this i; no EXTERNAL AUTHENTICATE is expected yet.
  void expect_answer(std::uint8_t i) {
    side_ = {
        .protocol = 3, .master = hex(kDefaultKey), .challenge_bytes = (i & Scp03::kLong) != 0 ? 16U : 8U};
    random = FixedRandom(side_.host_challenge());
    answer_ = side_.answer();
    answer_.at(12) = i;
    const auto length = static_cast<std::uint8_t>(side_.challenge_bytes);
    card.expect("80500000" + to_hex(length) + to_hex(side_.host_challenge()) + "00",
                to_hex(answer_) + "9000");
  }
  void expect_external_authenticate(std::uint8_t i, std::uint8_t level) {
    const auto parsed = InitializeUpdateResponse::parse(answer_);
    const auto keys = static_keys(
        request().keys, {.protocol = 3, .i = i, .diversification_data = parsed.diversification_data});
    Scp03 expected({.keys = keys,
                    .answer = parsed,
                    .host_challenge = side_.host_challenge(),
                    .i = i,
                    .level = SecurityLevel(level)});
    card.expect(to_hex(expected.external_authenticate().encode()), "9000");
  }

  test::CardSide side_;
  Bytes answer_;
};

TEST_F(ReservedImplementationTest, WhatIsKnownOfItIsUsed) {
  for (const auto& [i, used] :
       {Answered{0x02, 0x00}, Answered{0x04, 0x00}, Answered{0x08, 0x00}, Answered{0x80, 0x00},
        Answered{0x24, 0x20}, Answered{0x40, 0x00}, Answered{0x50, 0x10}, Answered{0xFE, 0x70}}) {
    SCOPED_TRACE(to_hex(i));
    observer.remarks.clear();
    card.expect("80CA006600", "6A88");
    expect_answer(i);
    expect_external_authenticate(used, 0x01);
    open_channel(session, at_level(0x01));
    ASSERT_TRUE(session.channel_open());
    EXPECT_EQ(session.channel()->i, used);
    ASSERT_NE(remark("implementation-reserved"), nullptr);
    EXPECT_EQ(remark("implementation-reserved")->severity, Severity::warning);
    EXPECT_EQ(remark_text("implementation-reserved"),
              "the card answered i=" + to_hex(i) +
                  ", which SCP03 does not have; what is known of it, i=" + to_hex(used) + ", is used");
  }
}

TEST_F(ReservedImplementationTest, LongChallengesStayLong) {
  card.expect("80CA006600", "660F 730D 640B 06092A864886FC6B040301 9000");
  expect_answer(0x85);
  expect_external_authenticate(0x01, 0x01);
  open_channel(session, at_level(0x01));
  EXPECT_EQ(session.channel()->i, 0x01);
}

TEST_F(ReservedImplementationTest, AnIThatExistsIsNoNews) {
  card.expect("80CA006600", "6A88");
  expect_answer(0x60);
  expect_external_authenticate(0x60, 0x01);
  open_channel(session, at_level(0x01));
  EXPECT_EQ(remark("implementation-reserved"), nullptr);
}

TEST_F(ReservedImplementationTest, TheLevelIsThatOfTheKnownBits) {
  card.expect("80CA006600", "6A88");
  expect_answer(0x24);
  expect_external_authenticate(0x20, 0x11);
  open_channel(session, at_level(0x11));
  EXPECT_TRUE(session.channel_open());
  card.expect("80CA006600", "6A88");
  expect_answer(0x44);
  EXPECT_EQ(failure(at_level(0x11)).message, "SCP03 with i=00 has no security level 11 (C-MAC + R-MAC)");
}

TEST_F(ReservedImplementationTest, AWrongKeyIsStillTheNews) {
  card.expect("80CA006600", "6A88");
  expect_answer(0x04);
  EXPECT_EQ(failure(request("505152535455565758595A5B5C5D5E5F")).code, "card-cryptogram");
}

TEST_F(ReservedImplementationTest, AnOptionStaysStrict) {
  auto open = at_level(0x01);
  open.scp = 3;
  open.scp_impl = 0x04;
  EXPECT_EQ(failure(open).message, "there is no SCP03 with i=04");
}

}  // namespace
}  // namespace gpsh::gp
