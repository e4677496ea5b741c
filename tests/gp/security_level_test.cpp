// SPDX-License-Identifier: Apache-2.0
#include "gp/security_level.h"

#include <gtest/gtest.h>

namespace gpsh::gp {
namespace {

TEST(SecurityLevel, Bits) {
  const SecurityLevel level(0x13);
  EXPECT_TRUE(level.c_mac());
  EXPECT_TRUE(level.c_decryption());
  EXPECT_TRUE(level.r_mac());
  EXPECT_FALSE(level.r_encryption());
  EXPECT_EQ(level.value(), 0x13);
  EXPECT_FALSE(SecurityLevel().c_mac());
}

TEST(SecurityLevel, Text) {
  EXPECT_EQ(SecurityLevel(0x00).text(), "none");
  EXPECT_EQ(SecurityLevel(0x01).text(), "C-MAC");
  EXPECT_EQ(SecurityLevel(0x03).text(), "C-MAC + C-DEC");
  EXPECT_EQ(SecurityLevel(0x33).text(), "C-MAC + C-DEC + R-MAC + R-ENC");
  EXPECT_EQ(SecurityLevel(0x81).text(), "C-MAC + 80");
}

}  // namespace
}  // namespace gpsh::gp
