// SPDX-License-Identifier: Apache-2.0
#include "sessions/logged_selection.h"

#include <gtest/gtest.h>

namespace gpsh::sessions {
namespace {

constexpr auto kSelect = "00A4040008A000000151000000";
constexpr auto kFci = "6F108408A000000003000000A5049F6501FF9000";
// FCI with card recognition data: SCP80 first, then SCP02 with i=15.
constexpr auto kFciWithProtocols =
    "6F2C8408A000000003000000A520731A640B06092A864886FC6B048000640B06092A864886FC6B0402159F6501FF9000";

LoggedSelection after(std::initializer_list<std::pair<const char*, const char*>> exchanges) {
  LoggedSelection selection;
  for (const auto& [command, response] : exchanges) selection.exchange(hex(command), hex(response));
  return selection;
}

std::string names(const LoggedSelection& selection) {
  std::string text;
  for (const auto& aid : selection.applications()) text += aid.text() + " ";
  return text;
}

TEST(LoggedSelection, TagEightyFourBeforeTheTypedAid) {
  EXPECT_EQ(names(after({{kSelect, kFci}})), "A000000003000000 A000000151000000 ");
  EXPECT_EQ(names(after({{kSelect, "9000"}})), "A000000151000000 ");
  EXPECT_EQ(names(after({{"00A4040000", kFci}})), "A000000003000000 ");
  EXPECT_EQ(names(after({{"00A40400", "6283"}})), "");
}

TEST(LoggedSelection, RefusedSelectChangesNothing) {
  EXPECT_EQ(names(after({{kSelect, "9000"}, {"00A4040005D0D1D2D3D4", "6A82"}})), "A000000151000000 ");
  EXPECT_EQ(names(after({{kSelect, "6A82"}})), "");
}

TEST(LoggedSelection, ScpOfTheFciBeforeTheCardData) {
  const char* const card_data = "660F730D640B06092A864886FC6B0402559000";
  EXPECT_EQ(after({{"80CA006600", card_data}}).scp02_i(), 0x55);
  EXPECT_EQ(after({{kSelect, kFciWithProtocols}, {"80CA006600", card_data}}).scp02_i(), 0x15);
  EXPECT_FALSE(after({{"80CA006600", card_data}, {kSelect, "9000"}}).scp02_i()) << "another application";
  EXPECT_FALSE(after({{"80CA006600", "6A88"}}).scp02_i());
}

TEST(LoggedSelection, TheFirstThatDoesNotStartImplicitly) {
  EXPECT_EQ(after({{"80CA006600", "661A7318640B06092A864886FC6B04021A640906072A864886FC6B049000"}}).scp02_i(),
            std::nullopt);
  EXPECT_EQ(
      after({{"80CA006600", "661C731A640B06092A864886FC6B04021A640B06092A864886FC6B0402559000"}}).scp02_i(),
      0x55);
}

TEST(LoggedSelection, AnyBytes) {
  EXPECT_EQ(names(after({{"00A4", "9000"}, {kSelect, "90"}, {"00A40400FF", "9000"}, {kSelect, ""}})), "");
  EXPECT_EQ(names(after({{kSelect, "6FFF849000"}})), "A000000151000000 ");
  EXPECT_FALSE(after({{"80CA006600", "66FF739000"}}).scp02_i());
}

}  // namespace
}  // namespace gpsh::sessions
