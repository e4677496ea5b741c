// SPDX-License-Identifier: Apache-2.0
#include "gp/application_list.h"

#include <gmock/gmock.h>

#include "tests/support/thrown_error.h"

namespace gpsh::gp {
namespace {

using test::thrown_error;
using testing::ElementsAre;

TEST(ApplicationList, AidsInTheCardsOrder) {
  EXPECT_THAT(parse_application_list(hex("610A4F08A000000151000000 6107 4F05A000000002 4F00 6103 500141")),
              ElementsAre(hex("A000000151000000"), hex("A000000002")));
  EXPECT_THAT(parse_application_list({}), ElementsAre());
}

TEST(ApplicationList, TruncatedDataIsRefused) {
  for (const auto* data : {"61", "610A4F08A0", "61034F08A0", "4F82"}) {
    EXPECT_EQ(thrown_error([data] { return parse_application_list(hex(data)); }).code, "bad-response")
        << data;
  }
}

}  // namespace
}  // namespace gpsh::gp
