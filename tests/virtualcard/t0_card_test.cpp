// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/t0_card.h"

#include <gtest/gtest.h>

#include "tests/support/scripted_connection.h"

namespace gpsh::virtualcard {
namespace {

class T0CardTest : public testing::Test {
 protected:
  std::string send(std::string_view tpdu) { return to_hex(t0_.transmit(hex(tpdu))); }

  test::ScriptedConnection card_;
  T0Card t0_{card_};
};

TEST_F(T0CardTest, DataThatAnswerDataAreFetched) {
  card_.expect("00A4040002A00000", "6F009000");
  EXPECT_EQ(send("00A4040002A000"), "6102");
  EXPECT_EQ(send("00C0000002"), "6F009000");
}

TEST_F(T0CardTest, AWarningComesWithTheDataItIsAbout) {
  card_.expect("80F24002024F0000", "E3006310");
  EXPECT_EQ(send("80F24002024F00"), "6102");
  EXPECT_EQ(send("00C0000002"), "E3006310");
}

TEST_F(T0CardTest, AnAnswerWithoutDataIsGivenAtOnce) {
  card_.expect(
      "80E80000020102"
      "00",
      "6A80");
  EXPECT_EQ(send("80E80000020102"), "6A80");
}

TEST_F(T0CardTest, AskingForMoreThanThereIsIsCorrected) {
  card_.expect("80CA00C100", "C10200009000");
  EXPECT_EQ(send("80CA00C100"), "6C04");
  EXPECT_EQ(send("80CA00C104"), "C10200009000");
  EXPECT_TRUE(card_.done()) << "the card was asked once";
}

TEST_F(T0CardTest, AskingForWhatIsThereIsAnswered) {
  card_.expect("80CA00C104", "C10200009000");
  EXPECT_EQ(send("80CA00C104"), "C10200009000");
}

TEST_F(T0CardTest, ACommandWithoutLengthAsksForAllThereIs) {
  card_.expect("00A40400", "6F009000");
  EXPECT_EQ(send("00A40400"), "6C02");
}

TEST_F(T0CardTest, ExtendedLengthsAreRefused) {
  EXPECT_EQ(send("00A40400000002A000"), "6700");
  EXPECT_EQ(send("00A404"), "6700");
}

TEST_F(T0CardTest, AResetForgetsWhatWasKept) {
  card_.expect("00A4040002A00000", "6F009000").expect("00C0000002", "6D00");
  EXPECT_EQ(send("00A4040002A000"), "6102");
  t0_.reset();
  EXPECT_EQ(send("00C0000002"), "6D00");
  EXPECT_EQ(card_.resets, 1);
}

TEST_F(T0CardTest, WithNothingKeptGetResponseIsACommandOfTheCard) {
  card_.expect("00C0000000", "6D00");
  EXPECT_EQ(send("00C0000000"), "6D00");
}

}  // namespace
}  // namespace gpsh::virtualcard
