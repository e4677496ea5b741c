// SPDX-License-Identifier: Apache-2.0
#include "gp/r_mac_session.h"

#include <gtest/gtest.h>

#include "tests/support/thrown_error.h"

namespace gpsh::gp {
namespace {

// GPCS 2.3.1 Tables E-13 to E-16.
TEST(RMacSession, Begin) {
  EXPECT_EQ(to_hex(begin_r_mac_session({}).encode()), "807A10010100");
  EXPECT_EQ(to_hex(begin_r_mac_session(hex("AABB"), ResponseProtection::at_end).encode()),
            "807A00010302AABB");
  EXPECT_EQ(to_hex(begin_r_mac_session({}, ResponseProtection::r_mac_and_encryption).encode()),
            "807A30010100");
}

// GPCS 2.3.1 Tables E-18 and E-19.
TEST(RMacSession, End) {
  EXPECT_EQ(to_hex(end_r_mac_session().encode()), "8078000300");
  EXPECT_EQ(to_hex(end_r_mac_session(SessionEnd::go_on).encode()), "8078000100");
}

TEST(RMacSession, DataHasALimit) {
  EXPECT_EQ(begin_r_mac_session(Bytes(24)).data.size(), 25U);
  const auto error = test::thrown_error([] { return begin_r_mac_session(Bytes(25)); });
  EXPECT_EQ(error.code, "r-mac-data");
  EXPECT_EQ(error.message, "BEGIN R-MAC SESSION takes at most 24 bytes of data, not 25");
}

}  // namespace
}  // namespace gpsh::gp
