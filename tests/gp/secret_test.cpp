// SPDX-License-Identifier: Apache-2.0
#include "gp/secret.h"

#include <gtest/gtest.h>

#include <sstream>
#include <type_traits>

namespace gpsh::gp {
namespace {

template <typename T>
concept Printable = requires(std::ostream& out, const T& value) {
  out << value;
};

static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_assignable_v<Secret>);
static_assert(std::is_nothrow_move_constructible_v<Secret> && std::is_nothrow_move_assignable_v<Secret>);
static_assert(!std::is_convertible_v<Secret, Bytes> && !std::is_convertible_v<Secret, ByteView>);
static_assert(!Printable<Secret>);

TEST(Secret, FromHexTakesBothCases) {
  const auto lower = Secret::from_hex("0aff");
  ASSERT_TRUE(lower);
  EXPECT_EQ(lower->size(), 2U);
  EXPECT_TRUE(*lower == Secret::from_bytes(hex("0AFF")));
  EXPECT_TRUE(*lower == *Secret::from_hex("0AFF"));
}

TEST(Secret, FromHexRefusesWhatIsNoHex) {
  for (const auto* text : {"0", "0G", "G0", "40 41", "0x40", " 40"})
    EXPECT_FALSE(Secret::from_hex(text)) << text;
}

TEST(Secret, EmptyTextIsAnEmptySecret) {
  const auto secret = Secret::from_hex("");
  ASSERT_TRUE(secret);
  EXPECT_TRUE(secret->empty());
  EXPECT_TRUE(Secret().empty());
}

TEST(Secret, EqualityNoticesEveryByteAndTheLength) {
  const auto secret = Secret::from_bytes(hex("000102030405"));
  EXPECT_TRUE(secret == Secret::from_bytes(hex("000102030405")));
  EXPECT_FALSE(secret == Secret::from_bytes(hex("100102030405")));
  EXPECT_FALSE(secret == Secret::from_bytes(hex("000102030404")));
  EXPECT_FALSE(secret == Secret::from_bytes(hex("0001020304")));
}

TEST(Secret, CloneIsIndependent) {
  auto original = Secret::from_bytes(hex("0102"));
  const auto copy = original.clone();
  original = Secret();
  EXPECT_TRUE(copy == Secret::from_bytes(hex("0102")));
}

TEST(Secret, MovingLeavesNothingBehind) {
  auto original = Secret::from_bytes(hex("0102"));
  const auto moved = std::move(original);
  EXPECT_TRUE(original.empty());  // NOLINT(bugprone-use-after-move): that nothing is left is the point
  EXPECT_EQ(moved.size(), 2U);
}

}  // namespace
}  // namespace gpsh::gp
