// SPDX-License-Identifier: Apache-2.0
#include "gp/card_numbers.h"

#include <gtest/gtest.h>

#include "tests/support/thrown_error.h"

namespace gpsh::gp {
namespace {

using test::thrown_error;

// The numbers of GPShell 3.0.0's run scp03-70-store3.
TEST(CardNumbers, IssuerAndImageNumber) {
  EXPECT_EQ(parse_issuer_number(hex("4203112233")),
            (IdentificationNumber{.value = hex("112233"), .digits = "112233"}));
  EXPECT_EQ(parse_issuer_number(hex("112233")), parse_issuer_number(hex("4203112233")));
  EXPECT_EQ(parse_image_number(hex("4503445566")).digits, "445566");
}

TEST(CardNumbers, DigitsAreFilledWithF) {
  EXPECT_EQ(parse_issuer_number(hex("4204123456 7F")).digits, "1234567");
  EXPECT_EQ(parse_issuer_number(hex("42021FF2")).digits, std::nullopt) << "a digit after the filler";
  EXPECT_EQ(parse_image_number(hex("450241AB")).digits, std::nullopt) << "not BCD";
  EXPECT_EQ(parse_image_number(hex("4502FFFF")).digits, std::nullopt) << "no digit";
  EXPECT_EQ(parse_image_number(hex("450241AB")).value, hex("41AB"));
}

TEST(CardNumbers, Counters) {
  EXPECT_EQ(parse_sequence_counter(hex("C102003D")), 0x3DU);
  EXPECT_EQ(parse_sequence_counter(hex("C103000001")), 1U);
  EXPECT_EQ(parse_confirmation_counter(hex("C2020102")), 0x102U);
  EXPECT_EQ(parse_confirmation_counter(hex("0102")), 0x102U);
}

TEST(CardNumbers, DiversificationData) {
  EXPECT_EQ(parse_diversification_data(hex("CF0A00004279130C5A3E7781")), hex("00004279130C5A3E7781"));
}

TEST(CardNumbers, UnreadableDataIsRefused) {
  EXPECT_EQ(thrown_error([] { return parse_issuer_number(hex("420511")); }).code, "bad-response");
  EXPECT_EQ(thrown_error([] { return parse_image_number({}); }).message,
            "the card image number cannot be read: there is no data");
  EXPECT_EQ(thrown_error([] { return parse_sequence_counter(hex("C100")); }).message,
            "the sequence counter cannot be read: it has 0 bytes");
  EXPECT_EQ(thrown_error([] { return parse_confirmation_counter(hex("C2050000000001")); }).message,
            "the confirmation counter cannot be read: it has 5 bytes");
  EXPECT_EQ(thrown_error([] { return parse_diversification_data(hex("CF82")); }).code, "bad-response");
}

}  // namespace
}  // namespace gpsh::gp
