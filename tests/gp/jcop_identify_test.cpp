// SPDX-License-Identifier: Apache-2.0
#include "gp/jcop_identify.h"

#include <gtest/gtest.h>

namespace gpsh::gp {
namespace {

Bytes answer_with(const std::string& fifteenth_byte) {
  return hex("04310033000000004E5830313143" + fifteenth_byte + "0339F8736A82");
}

TEST(JcopIdentify, IsSelectOfItsAid) {
  EXPECT_TRUE(is_jcop_identify(hex("00A4040009A000000167413000FF")));
  EXPECT_TRUE(is_jcop_identify(hex("00A4040009A000000167413000FF00")));
  EXPECT_FALSE(is_jcop_identify(hex("00A4040009A000000167413000FE")));
  EXPECT_FALSE(is_jcop_identify(hex("00A4040009A000000167413000FF0000")));
  EXPECT_FALSE(is_jcop_identify({}));
}

TEST(JcopIdentify, FifteenthByteTellsWhetherItIsFused) {
  EXPECT_EQ(explain_jcop_identify(answer_with("00")),
            "JCOP IDENTIFY: the card is not fused (byte 15 is 00): it still waits for its transport key and "
            "initialisation, and has no usable security domain");
  EXPECT_EQ(explain_jcop_identify(answer_with("01")),
            "JCOP IDENTIFY: the card is fused (byte 15 is 01); its GlobalPlatform life cycle is another "
            "matter, see "
            "get_status -element 80");
  EXPECT_EQ(explain_jcop_identify(answer_with("02")),
            "JCOP IDENTIFY: byte 15 is 02, so whether the card is fused is unknown");
}

TEST(JcopIdentify, TooLittleDataIsNoVerdict) {
  EXPECT_EQ(explain_jcop_identify(hex("04310033000000004E58303131436A82")),
            "JCOP IDENTIFY: only 14 bytes of data; whether the card is fused (byte 15) is unknown");
  EXPECT_EQ(explain_jcop_identify(hex("6A82")),
            "JCOP IDENTIFY: no data, so nothing is known of this card; it may not be a JCOP card");
}

}  // namespace
}  // namespace gpsh::gp
