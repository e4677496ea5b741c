// SPDX-License-Identifier: Apache-2.0
#include "sessions/hex_runs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gpsh::sessions {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(HexRuns, BlanksAndCommasJoin) {
  EXPECT_THAT(hex_runs("8050 0000\t08, 9000"), ElementsAre(hex("8050000008 9000")));
}

TEST(HexRuns, LabelsAndLengthsStayOutside) {
  EXPECT_THAT(hex_runs("A>> T=1 (4+0008) 80500000 08 1122 00"),
              ElementsAre(hex("0008"), hex("80500000 08 1122 00")));
  EXPECT_THAT(hex_runs("TX - Wrap-> 80CA006600"), ElementsAre(hex("80CA006600")));
  EXPECT_THAT(hex_runs("RX - Wrap < -9000"), ElementsAre(hex("9000")));
  EXPECT_THAT(hex_runs("<-  90 00   [Normal ending]"), ElementsAre(hex("9000")));
}

TEST(HexRuns, OddDigitsAndWordsEndARun) {
  EXPECT_THAT(hex_runs("90 0 00"), ElementsAre(hex("90"), hex("00")));
  EXPECT_THAT(hex_runs("90 xyz 00"), ElementsAre(hex("90"), hex("00")));
  EXPECT_THAT(hex_runs("0x9000"), IsEmpty());
}

TEST(HexRuns, NothingInNothing) {
  EXPECT_THAT(hex_runs(""), IsEmpty());
  EXPECT_THAT(hex_runs("Select the Security Domain ->"), IsEmpty());
}

}  // namespace
}  // namespace gpsh::sessions
