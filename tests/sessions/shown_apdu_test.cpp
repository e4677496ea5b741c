// SPDX-License-Identifier: Apache-2.0
#include "sessions/shown_apdu.h"

#include <gtest/gtest.h>

namespace gpsh::sessions {
namespace {

TEST(ShownApdu, DataIsLeftOutBetweenItsLengthAndLe) {
  EXPECT_EQ(shown_command(hex("80D80081 03 AABBCC 00"), ValueDisplay::lengths),
            (ShownApdu{.bytes = hex("80D8008103"), .hidden = 3, .rest = hex("00")}));
  EXPECT_EQ(shown_command(hex("80D80081 000003 AABBCC 0000"), ValueDisplay::lengths),
            (ShownApdu{.bytes = hex("80D80081000003"), .hidden = 3, .rest = hex("0000")}));
  EXPECT_EQ(shown_command(hex("80D80081 03 AABBCC"), ValueDisplay::shown),
            (ShownApdu{.bytes = hex("80D8008103AABBCC")}));
}

TEST(ShownApdu, WithoutDataNothingIsHidden) {
  EXPECT_EQ(shown_command(hex("80CA006600"), ValueDisplay::lengths), (ShownApdu{.bytes = hex("80CA006600")}));
  EXPECT_EQ(shown_response(hex("9000"), ValueDisplay::lengths), (ShownApdu{.bytes = hex("9000")}));
  EXPECT_EQ(shown_response({}, ValueDisplay::lengths), ShownApdu{});
}

TEST(ShownApdu, OfWhatIsNoCommandOnlyTheHeaderIsSeen) {
  EXPECT_EQ(shown_command(hex("80D80081 10 AABB"), ValueDisplay::lengths),
            (ShownApdu{.bytes = hex("80D80081"), .hidden = 3}));
  EXPECT_EQ(shown_command(hex("80D8"), ValueDisplay::lengths), (ShownApdu{.bytes = hex("80D8")}));
}

TEST(ShownApdu, TheStatusWordStays) {
  EXPECT_EQ(shown_response(hex("AABB9000"), ValueDisplay::lengths),
            (ShownApdu{.hidden = 2, .rest = hex("9000")}));
}

}  // namespace
}  // namespace gpsh::sessions
