// SPDX-License-Identifier: Apache-2.0
#include "core/suggest.h"

#include <gtest/gtest.h>

#include <string>

namespace gpsh::test {
namespace {

const std::vector<std::string_view> kWords = {"card_connect", "get_data", "get_status", "open_sc", "-AID"};

TEST(Suggest, NearestWordWins) {
  EXPECT_EQ(suggest("open_cs", kWords), "open_sc");
  EXPECT_EQ(suggest("Get_Data", kWords), "get_data");
  EXPECT_EQ(suggest("card-connect", kWords), "card_connect");
  EXPECT_EQ(suggest("getstatus", kWords), "get_status");
  EXPECT_EQ(suggest("-aid", kWords), "-AID");
}

TEST(Suggest, NothingNear) {
  EXPECT_EQ(suggest("frobnicate", kWords), std::nullopt);
  EXPECT_EQ(suggest(std::string(1000, 'x'), kWords), std::nullopt);
  EXPECT_EQ(suggest("", kWords), std::nullopt);
}

}  // namespace
}  // namespace gpsh::test
