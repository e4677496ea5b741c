// SPDX-License-Identifier: Apache-2.0
#include "sessions/longest_order.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace gpsh::sessions {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

constexpr std::size_t kMany = 1000;

std::vector<std::string> letters(std::string_view text) {
  std::vector<std::string> list;
  for (const char each : text) list.emplace_back(1, each);
  return list;
}

auto order(std::string_view first, std::string_view second, std::size_t most_edits = kMany) {
  return longest_common_order(letters(first), letters(second), most_edits);
}

TEST(LongestOrder, EqualListsAndEmptyOnes) {
  EXPECT_THAT(order("abc", "abc"), ElementsAre(Pair(0, 0), Pair(1, 1), Pair(2, 2)));
  EXPECT_THAT(order("", ""), IsEmpty());
  EXPECT_THAT(order("abc", ""), IsEmpty());
  EXPECT_THAT(order("", "abc"), IsEmpty());
  EXPECT_THAT(order("abc", "xyz"), IsEmpty());
}

TEST(LongestOrder, WhatIsOnlyOnOneSideIsLeftOut) {
  EXPECT_THAT(order("abc", "ac"), ElementsAre(Pair(0, 0), Pair(2, 1)));
  EXPECT_THAT(order("ac", "abc"), ElementsAre(Pair(0, 0), Pair(1, 2)));
}

/// By the table that everyone knows.
std::size_t longest(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  std::vector<std::vector<std::size_t>> best(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < b.size(); ++j) {
      best[i + 1][j + 1] = a[i] == b[j] ? best[i][j] + 1 : std::max(best[i][j + 1], best[i + 1][j]);
    }
  }
  return best.back().back();
}

TEST(LongestOrder, IsTheLongestThereIs) {
  std::mt19937 random(7);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same lists in every run
  for (int round = 0; round < 500; ++round) {
    const auto list = [&] {
      std::string text(random() % 20, 'a');
      for (char& each : text) each = static_cast<char>('a' + random() % 3);
      return letters(text);
    };
    const auto first = list();
    const auto second = list();
    const auto matches = longest_common_order(first, second, kMany);
    ASSERT_EQ(matches.size(), longest(first, second)) << "round " << round;
    for (std::size_t at = 0; at < matches.size(); ++at) {
      ASSERT_EQ(first.at(matches[at].first), second.at(matches[at].second));
      if (at == 0) continue;
      ASSERT_LT(matches[at - 1].first, matches[at].first);
      ASSERT_LT(matches[at - 1].second, matches[at].second);
    }
  }
}

TEST(LongestOrder, FewerEditsThanNeededGiveTheStart) {
  EXPECT_THAT(order("abXXXX", "abYYYY", 2), ElementsAre(Pair(0, 0), Pair(1, 1)));
  EXPECT_THAT(order("XXXXab", "YYYYab", 0), IsEmpty());
}

}  // namespace
}  // namespace gpsh::sessions
