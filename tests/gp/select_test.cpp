// SPDX-License-Identifier: Apache-2.0
#include "gp/select.h"

#include <gtest/gtest.h>

#include "core/error.h"
#include "tests/gp/session_fixture.h"
#include "tests/support/thrown_error.h"

namespace gpsh::gp {
namespace {

using test::thrown_error;

class SelectTest : public SessionTest {
 protected:
  static Aid aid(std::string_view text) { return Aid::from_bytes(hex(text)).value(); }
};

TEST_F(SelectTest, SendsNoLe) {
  card.expect("00A4040008A000000003000000", "9000");
  const auto result = select(session, aid("A000000003000000"));
  EXPECT_EQ(result.aid, aid("A000000003000000"));
  EXPECT_EQ(session.selected_aid(), aid("A000000003000000"));
  EXPECT_TRUE(session.selection().fci.empty());
  EXPECT_TRUE(observer.remarks.empty()) << "an absent FCI is normal";
}

TEST_F(SelectTest, WithoutAidTheDefaultApplicationIsMeant) {
  card.expect("00A4040000", "6F0A 8408A000000151000000 9000");
  EXPECT_EQ(select(session, std::nullopt).aid, aid("A000000151000000"));
  EXPECT_FALSE(session.selection().typed);
  card.expect("00A4040000", "9000");
  EXPECT_FALSE(select(session, std::nullopt).aid);
}

// Q41: a partial AID is completed by the card.
TEST_F(SelectTest, TheCardsAidCountsBeforeTheTypedOne) {
  card.expect("00A4040007A0000001510000", "6F108408A000000151000000A5049F6501FF 9000");
  EXPECT_EQ(select(session, aid("A0000001510000")).aid, aid("A000000151000000"));
  EXPECT_EQ(session.selection().typed, aid("A0000001510000"));
  EXPECT_EQ(session.selection().fci, hex("6F108408A000000151000000A5049F6501FF"));
}

TEST_F(SelectTest, ALockedCardIsSelectedAllTheSame) {
  card.expect("00A4040000", "6F0A 8408A000000151000000 6283");
  const auto result = select(session, std::nullopt);
  EXPECT_EQ(result.response.sw.value(), 0x6283);
  EXPECT_TRUE(session.selected_aid());
}

TEST_F(SelectTest, ARefusalLeavesEverythingAsItWas) {
  card.expect("00A4040005A000000003", "9000").expect("00A4040005A000000004", "6A82");
  select(session, aid("A000000003"));
  const auto error = thrown_error([&] { return select(session, aid("A000000004")); });
  EXPECT_EQ(error.code, "card-status");
  EXPECT_EQ(error.message, "SELECT was refused: 6A82, no application with this AID");
  EXPECT_EQ(session.selected_aid(), aid("A000000003"));
}

TEST_F(SelectTest, ARefusalOfAnAidAdvisesToLeaveItOut) {
  card.expect("00A4040008A000000003000000", "6A82");
  const auto error = thrown_error([&] { return select(session, aid("A000000003000000")); });
  EXPECT_EQ(error.advice,
            "list what is there with get_status, or select without -AID for the issuer security domain");
}

TEST_F(SelectTest, ARefusalWithoutAnAidAdvisesOtherwise) {
  card.expect("00A4040000", "6A82");
  const auto error = thrown_error([&] { return select(session, std::nullopt); });
  EXPECT_EQ(error.message, "SELECT was refused: 6A82, no issuer security domain");
  EXPECT_EQ(
      error.advice,
      "the card lets no issuer security domain be selected: name its AID if you know it; a JCOP card that "
      "is not fused yet answers so (select -AID A000000167413000FF tells), as do cards whose domain was "
      "terminated");
}

// GPCS 2.3.1 section 11.9: a SELECT that a script wrote itself is one too.
TEST_F(SelectTest, WhatARawSelectSelectsIsNoted) {
  const auto send = [this](std::string_view apdu, const std::string& answer) {
    card.expect(std::string(apdu), answer);
    note_raw_command(session, hex(apdu), session.transmit_raw(hex(apdu)));
  };
  send("00A4040005A000000003", "9000");
  EXPECT_EQ(session.selected_aid(), aid("A000000003"));
  EXPECT_EQ(session.selection().typed, aid("A000000003"));
  send("00A4040005A00000000300", "6F0A8408A000000151000000 6283");
  EXPECT_EQ(session.selected_aid(), aid("A000000151000000"));
  EXPECT_EQ(session.selection().fci, hex("6F0A8408A000000151000000"));
  send("00A404000C", "6310");
  EXPECT_FALSE(session.selected_aid()) << "the default application, whose AID the card does not say";
  EXPECT_FALSE(session.selection().typed);
  send("00A4040209A000", "9000");  // no command by its lengths, but the card took it
  EXPECT_FALSE(session.selected_aid());
  send("00A4040005A00000000300", "6F0B8402A000A5059F65020080 9000");
  EXPECT_EQ(session.selected_aid(), aid("A000"));
  EXPECT_EQ(session.max_command_data(), 128U);
}

TEST_F(SelectTest, WhatSelectsNothingByNameIsNotNoted) {
  card.expect("00A4040005A000000003", "9000");
  select(session, aid("A000000003"));
  const std::vector<std::pair<std::string, std::string>> others = {
      {"00A4040005A000000004", "6A82"}, {"00A40000023F00", "9000"},       {"01A4040005A000000004", "9000"},
      {"04A4040005A000000004", "9000"}, {"80A4040005A000000004", "9000"}, {"80CA9F7F00", "9000"}};
  for (const auto& [apdu, answer] : others) {
    card.expect(apdu, answer);
    note_raw_command(session, hex(apdu), session.transmit_raw(hex(apdu)));
    EXPECT_EQ(session.selected_aid(), aid("A000000003")) << apdu;
  }
  EXPECT_FALSE(selects_by_name(hex("00A404")));
}

TEST_F(SelectTest, AnUnreadableFciIsARemark) {
  for (const auto* fci : {"6F108408A000", "6F0384", "84"}) {
    observer.remarks.clear();
    card.expect("00A4040005A000000003", std::string(fci) + "9000");
    EXPECT_EQ(select(session, aid("A000000003")).aid, aid("A000000003")) << fci;
    ASSERT_NE(remark("fci-unreadable"), nullptr) << fci;
    EXPECT_EQ(remark("fci-unreadable")->severity, Severity::note);
  }
}

TEST_F(SelectTest, AnEmptyOrOverlongNameIsNoAid) {
  card.expect("00A4040005A000000003", "6F028400 9000");
  EXPECT_EQ(select(session, aid("A000000003")).aid, aid("A000000003"));
  card.expect("00A4040005A000000003", "6F138411" + to_hex(Bytes(17)) + "9000");
  EXPECT_EQ(select(session, aid("A000000003")).aid, aid("A000000003"));
}

}  // namespace
}  // namespace gpsh::gp
