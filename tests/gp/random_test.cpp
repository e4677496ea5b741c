// SPDX-License-Identifier: Apache-2.0
#include "gp/random.h"

#include <gtest/gtest.h>

#include "tests/support/thrown_error.h"

namespace gpsh::gp {
namespace {

TEST(SystemRandom, GivesAsManyAsWantedAndNotTheSameTwice) {
  SystemRandom random;
  const auto first = random.bytes(16);
  EXPECT_EQ(first.size(), 16U);
  EXPECT_NE(first, random.bytes(16));
  EXPECT_TRUE(random.bytes(0).empty());
}

TEST(FixedRandom, RepeatsItsBytesFromTheStart) {
  FixedRandom random(hex("010203"));
  EXPECT_EQ(random.bytes(2), hex("0102"));
  EXPECT_EQ(random.bytes(8), hex("0102030102030102"));
}

TEST(FixedRandom, NeedsBytes) {
  EXPECT_EQ(test::thrown_error([] { return FixedRandom({}); }).kind, ErrorKind::usage);
}

}  // namespace
}  // namespace gpsh::gp
