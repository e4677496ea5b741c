// SPDX-License-Identifier: Apache-2.0
#include "interpreter/numbers.h"

#include <gtest/gtest.h>

namespace gpsh::interpreter {
namespace {

TEST(Numbers, DecimalWithLeadingZeroIsNotOctalUnlessAsInC) {
  EXPECT_EQ(read_number("010", NumberStyle::decimal, 255).value, 10U);
  EXPECT_EQ(read_number("010", NumberStyle::c_style, 255).value, 8U);
  EXPECT_EQ(read_number("0", NumberStyle::c_style, 255).value, 0U);
}

TEST(Numbers, HexIsHonouredAndRemarkedWhereGpshellReadsZero) {
  const auto reading = read_number("0x33", NumberStyle::decimal, 255);
  EXPECT_EQ(reading.value, 51U);
  ASSERT_TRUE(reading.problem);
  EXPECT_EQ(reading.problem->severity, Severity::note);
  EXPECT_EQ(reading.problem->text, "0x33 is read as 51; GPShell reads it as 0");
  EXPECT_FALSE(read_number("0x33", NumberStyle::c_style, 255).problem);
}

TEST(Numbers, GarbageAndOverflowAreErrors) {
  for (const auto* text : {"", "x", "3x", "-1", "+1", "256", "0x", "0x100", "99999999999999999999", "1 "}) {
    const auto reading = read_number(text, NumberStyle::decimal, 255);
    EXPECT_FALSE(reading.value) << text;
    ASSERT_TRUE(reading.problem) << text;
    EXPECT_EQ(reading.problem->severity, Severity::error) << text;
  }
  EXPECT_FALSE(read_number("08", NumberStyle::c_style, 255).value);
}

TEST(Numbers, HexByteHasOneOrTwoDigits) {
  EXPECT_EQ(read_hex_byte("e0").value, 0xE0);
  EXPECT_EQ(read_hex_byte("8").value, 0x08);
  EXPECT_EQ(read_hex_byte("0x40").value, 0x40);
  EXPECT_EQ(read_hex_byte("0x40").problem->text, "0x40 is read as 40; GPShell reads it as 00");
  for (const auto* text : {"", "g0", "123", "0x", "-1"}) EXPECT_FALSE(read_hex_byte(text).value) << text;
}

}  // namespace
}  // namespace gpsh::interpreter
