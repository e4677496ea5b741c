// SPDX-License-Identifier: Apache-2.0
#include "gp/confirmation.h"

#include <gtest/gtest.h>

#include "tests/support/collecting_observer.h"
#include "tests/support/thrown_error.h"

namespace gpsh::gp {
namespace {

using test::thrown_error;

const Confirmation kWhole{.receipt = hex("A1A2A3A4"),
                          .counter = hex("0007"),
                          .domain_data = hex("D1D2D3"),
                          .token_id = {},
                          .token_digest = {}};

TEST(Confirmation, NoneWhereTheCardHasNothingToSay) {
  EXPECT_FALSE(parse_confirmation({}));
  EXPECT_FALSE(parse_confirmation(hex("00")));
  // Some cards go on behind the 00.
  EXPECT_FALSE(parse_confirmation(hex("00C7020000C8020006")));
}

TEST(Confirmation, WithAndWithoutItsLength) {
  EXPECT_EQ(parse_confirmation(hex("0C 04A1A2A3A4 020007 03D1D2D3")), kWhole);
  EXPECT_EQ(parse_confirmation(hex("04A1A2A3A4 020007 03D1D2D3")), kWhole);
}

TEST(Confirmation, LongReceipt) {
  const auto fields = concat({hex("8180"), Bytes(128, 0xA5), hex("020007 01D1")});
  const auto with_length = concat({hex("8187"), fields});
  const auto confirmation = parse_confirmation(with_length);
  ASSERT_TRUE(confirmation);
  EXPECT_EQ(confirmation->receipt, Bytes(128, 0xA5));
  EXPECT_EQ(parse_confirmation(fields), confirmation);
}

TEST(Confirmation, TokenIdentifierAndDigest) {
  const auto confirmation = parse_confirmation(hex("0E 01A1 020007 01D1 02E1E2 03F1F2F3"));
  ASSERT_TRUE(confirmation);
  EXPECT_EQ(confirmation->token_id, hex("E1E2"));
  EXPECT_EQ(confirmation->token_digest, hex("F1F2F3"));
}

TEST(Confirmation, EveryTruncationIsSeen) {
  const auto whole = hex("0E 01A1 020007 01D1 02E1E2 03F1F2F3");
  for (const std::size_t size : {1U, 2U, 3U, 4U, 5U, 6U}) {
    EXPECT_EQ(thrown_error([&] { return parse_confirmation(ByteView(whole).first(size)); }).kind,
              ErrorKind::card)
        << size;
  }
  EXPECT_EQ(thrown_error([&] { return parse_confirmation(hex("01A1 020007 01D1 00 00 FF")); }).message,
            "a confirmation has 1 bytes too many");
}

TEST(Confirmation, OneThatCannotBeReadIsAWarning) {
  test::CollectingObserver observer;
  const ResponseApdu response{.data = hex("05A1"), .sw = StatusWord(0x9000)};
  EXPECT_FALSE(read_confirmation(response, "DELETE", observer));
  ASSERT_EQ(observer.remarks.size(), 1U);
  EXPECT_EQ(observer.remarks[0].severity, Severity::warning);
  EXPECT_EQ(observer.remarks[0].code, "confirmation-unreadable");
  EXPECT_EQ(observer.remarks[0].text,
            "the card has done what DELETE told it, but its confirmation cannot be read: confirmation ends "
            "too early: 5 bytes wanted at offset 1, 1 there");
}

}  // namespace
}  // namespace gpsh::gp
