// SPDX-License-Identifier: Apache-2.0
#include "gp/initialize_update.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/support/thrown_error.h"

namespace gpsh::gp {
namespace {

// Recording seed-04.
TEST(InitializeUpdate, Scp02) {
  const auto answer =
      InitializeUpdateResponse::parse(hex("00001202102560956619 FF02 0002598DD3961BFD CC97F9DF4F2A6CE2"));
  EXPECT_EQ(answer.diversification_data, hex("00001202102560956619"));
  EXPECT_EQ(answer.key_version, 0xFF);
  EXPECT_EQ(answer.protocol, 2);
  EXPECT_FALSE(answer.i);
  EXPECT_EQ(answer.card_challenge, hex("0002598DD3961BFD"));
  EXPECT_EQ(answer.sequence_counter, hex("0002"));
  EXPECT_EQ(answer.card_cryptogram, hex("CC97F9DF4F2A6CE2"));
}

TEST(InitializeUpdate, Scp01HasNoCounter) {
  auto data = Bytes(28);
  data.at(11) = 1;
  const auto answer = InitializeUpdateResponse::parse(data);
  EXPECT_EQ(answer.protocol, 1);
  EXPECT_TRUE(answer.sequence_counter.empty());
  EXPECT_EQ(answer.card_challenge.size(), 8U);
}

TEST(InitializeUpdate, Scp03) {
  const auto answer = InitializeUpdateResponse::parse(
      hex("00000000000000000000 30 03 70 0102030405060708 1112131415161718 0000A1"));
  EXPECT_EQ(answer.protocol, 3);
  EXPECT_EQ(answer.i, 0x70);
  EXPECT_EQ(answer.card_challenge, hex("0102030405060708"));
  EXPECT_EQ(answer.card_cryptogram, hex("1112131415161718"));
  EXPECT_EQ(answer.sequence_counter, hex("0000A1"));
}

TEST(InitializeUpdate, Scp03WithLongChallenges) {
  const auto answer = InitializeUpdateResponse::parse(Bytes(48));
  EXPECT_EQ(answer.card_challenge.size(), 16U);
  EXPECT_EQ(answer.card_cryptogram.size(), 16U);
  EXPECT_EQ(answer.sequence_counter.size(), 3U);
  EXPECT_TRUE(InitializeUpdateResponse::parse(Bytes(45)).sequence_counter.empty());
}

TEST(InitializeUpdate, EveryOtherLengthIsRefused) {
  const std::set<std::size_t> good = {28, 29, 32, 45, 48};
  for (std::size_t size = 0; size <= 64; ++size) {
    if (good.contains(size)) {
      EXPECT_NO_THROW(static_cast<void>(InitializeUpdateResponse::parse(Bytes(size)))) << size;
      continue;
    }
    const auto error = test::thrown_error([&] { return InitializeUpdateResponse::parse(Bytes(size)); });
    EXPECT_EQ(error.code, "bad-response") << size;
    EXPECT_EQ(error.kind, ErrorKind::card) << size;
  }
}

}  // namespace
}  // namespace gpsh::gp
