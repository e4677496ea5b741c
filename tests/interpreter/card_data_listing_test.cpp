// SPDX-License-Identifier: Apache-2.0
#include "interpreter/card_data_listing.h"

#include <gmock/gmock.h>

namespace gpsh::interpreter {
namespace {

using testing::ElementsAre;

TEST(KeyListing, HasItsHeaderWithoutKeys) {
  EXPECT_THAT(key_listing({}), ElementsAre("ID  | Version | Type   | Length | Usage | Access "));
}

TEST(KeyListing, RowForEachComponent) {
  EXPECT_THAT(key_listing({{.identifier = 1, .version = 112, .components = {{0xA1, 256}, {0xA0, 3}}}}),
              ElementsAre("ID  | Version | Type   | Length | Usage | Access ",
                          "--  | --      | --     | --     | --    | --     ",
                          "1   | 112     | a1     | 256    | 00    | 00     ",
                          "--  | --      | --     | --     | --    | --     ",
                          "1   | 112     | a0     | 3      | 00    | 00     "));
}

TEST(KeyListing, AParameterReferenceStandsAsItIs) {
  const auto row = key_listing({{.identifier = 1, .version = 112, .components = {{0xF0, 0}}}}).back();
  EXPECT_EQ(row, "1   | 112     | f0     | 0      | 00    | 00     ");
}

TEST(KeyListing, UsageIsANumberOfTwoBytes) {
  const auto row = [](const char* usage, const char* access) {
    return key_listing({{.identifier = 1,
                         .version = 48,
                         .components = {{0x88, 32}},
                         .usage = hex(usage),
                         .access = hex(access)}})
        .back();
  };
  EXPECT_EQ(row("38", "01"), "1   | 48      | 88     | 32     | 3800  | 01     ");
  EXPECT_EQ(row("1880", "00"), "1   | 48      | 88     | 32     | 1880  | 00     ");
  EXPECT_EQ(row("", ""), "1   | 48      | 88     | 32     | 00    | 00     ");
}

TEST(ResourcesListing, AbsentNumbersAreZero) {
  EXPECT_THAT(resources_listing({.applications = 2, .non_volatile_bytes = 74565}),
              ElementsAre("Num Applications | Free non-volatile mem (B)  | Free volatile mem (B)  ",
                          "--               | --                         | --                     ",
                          "2                | 74565                      | 0                      "));
}

}  // namespace
}  // namespace gpsh::interpreter
