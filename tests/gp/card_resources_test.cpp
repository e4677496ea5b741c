// SPDX-License-Identifier: Apache-2.0
#include "gp/card_resources.h"

#include "tests/gp/key_channel.h"
#include "tests/support/thrown_error.h"

namespace gpsh::gp {
namespace {

using test::thrown_error;

// GPShell 3.0.0, run scp03-70-resources.
constexpr auto kResources = "FF210F 81010A 820400025120 830400000F00";

TEST(CardResources, WithAndWithoutTag) {
  const CardResources expected{.applications = 10, .non_volatile_bytes = 151840, .volatile_bytes = 3840};
  EXPECT_EQ(parse_card_resources(hex(kResources)), expected);
  EXPECT_EQ(parse_card_resources(hex("81010A 820400025120 830400000F00")), expected);
}

TEST(CardResources, NumbersOfOtherLengthsAreAbsent) {
  EXPECT_EQ(parse_card_resources(hex("FF2109 8100 82050000000001")),
            (CardResources{.applications = std::nullopt}));
  EXPECT_EQ(parse_card_resources(hex("FF2103 810102")).volatile_bytes, std::nullopt);
}

TEST(CardResources, TruncatedDataIsRefused) {
  const auto whole = hex(kResources);
  for (std::size_t size = 1; size < whole.size(); ++size) {
    EXPECT_EQ(thrown_error([&] { return parse_card_resources(ByteView(whole).first(size)); }).code,
              "bad-response")
        << size;
  }
}

class ReadCardResources : public KeyChannelTest {};

TEST_F(ReadCardResources, AsksTheCard) {
  card.expect("80CAFF2100", std::string(kResources) + "9000");
  EXPECT_EQ(read_card_resources(session).applications, 10U);
  card.expect("80CAFF2100", "6A88");
  EXPECT_EQ(thrown_error([&] { return read_card_resources(session); }).code, "card-status");
}

}  // namespace
}  // namespace gpsh::gp
