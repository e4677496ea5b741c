// SPDX-License-Identifier: Apache-2.0
#include "core/aid.h"

#include <gtest/gtest.h>

namespace gpsh {
namespace {

TEST(Aid, TakesOneToSixteenBytes) {
  EXPECT_FALSE(Aid::from_bytes({}).has_value());
  for (std::size_t length = 1; length <= 16; ++length) {
    const Bytes bytes(length, 0xA0);
    const auto aid = Aid::from_bytes(bytes);
    ASSERT_TRUE(aid.has_value()) << length;
    EXPECT_TRUE(equal(aid->bytes(), bytes));
  }
  EXPECT_FALSE(Aid::from_bytes(Bytes(17, 0xA0)).has_value());
}

TEST(Aid, FromFiveBytesItCanBeRegistered) {
  EXPECT_FALSE(Aid::from_bytes(hex("A0000000"))->registered_length());
  EXPECT_TRUE(Aid::from_bytes(hex("A000000003"))->registered_length());
}

TEST(Aid, KeepsItsOwnBytes) {
  auto bytes = hex("A000000003000000");
  const auto aid = Aid::from_bytes(bytes);
  bytes[0] = 0x00;
  EXPECT_EQ(aid->text(), "A000000003000000");
}

TEST(Aid, IsEqualByValue) {
  EXPECT_EQ(Aid::from_bytes(hex("A000000003")), Aid::from_bytes(hex("a000000003")));
  EXPECT_NE(Aid::from_bytes(hex("A000000003")), Aid::from_bytes(hex("A00000000300")));
}

}  // namespace
}  // namespace gpsh
