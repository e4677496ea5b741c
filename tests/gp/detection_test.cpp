// SPDX-License-Identifier: Apache-2.0
#include "gp/detection.h"

#include <gmock/gmock.h>

#include "tests/gp/session_fixture.h"

namespace gpsh::gp {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr auto kAsk = "80CA006600";
constexpr auto kI55 = "660F 730D 640B 06092A864886FC6B040255 9000";

class DetectionTest : public SessionTest {};

TEST_F(DetectionTest, CardDataIsAskedUnlessBothOptionsAreGiven) {
  static_cast<void>(detect_protocol(session, {.scp = 2, .scp_impl = 0x15}));
  card.expect(kAsk, kI55);
  EXPECT_THAT(detect_protocol(session, {.scp = 2}).card_data, ElementsAre(ScpOption{.scp = 2, .i = {0x55}}));
  card.expect(kAsk, kI55);
  EXPECT_TRUE(detect_protocol(session, {.scp_impl = 0x15}).card_data_asked);
}

TEST_F(DetectionTest, Mode201DoesNotAsk) {
  const auto detection = detect_protocol(session, {.mode = CardMode::open_platform_201});
  EXPECT_FALSE(detection.card_data_asked);
  EXPECT_FALSE(detection.usable());
}

TEST_F(DetectionTest, ARefusalIsKept) {
  card.expect(kAsk, "6985");
  const auto detection = detect_protocol(session, {});
  ASSERT_TRUE(detection.refusal);
  EXPECT_EQ(detection.refusal->code(), "card-status");
  EXPECT_EQ(detection.refusal->facts().exchange->sw, StatusWord(0x6985));
}

TEST_F(DetectionTest, AnUnreadableAnswerIsKept) {
  for (const auto* answer : {"9000", "66FF 9000", "6600 9000", "6602 7301 9000"}) {
    card.expect(kAsk, answer);
    const auto detection = detect_protocol(session, {});
    ASSERT_TRUE(detection.refusal) << answer;
    EXPECT_EQ(detection.refusal->code(), "bad-response") << answer;
    EXPECT_THAT(detection.card_data, IsEmpty()) << answer;
  }
}

TEST_F(DetectionTest, ReadsTheFciOfTheSelection) {
  session.set_selection({.fci = hex("6F11 A50F 730D 640B 06092A864886FC6B040215")});
  const auto detection = detect_protocol(session, {.scp = 2, .scp_impl = 0x15});
  EXPECT_THAT(detection.fci, ElementsAre(ScpOption{.scp = 2, .i = {0x15}}));
  EXPECT_EQ(detection.implementation(2)->source, Detection::Source::fci);
  EXPECT_TRUE(detection.usable());
  EXPECT_FALSE(detection.contradicts(2));
  EXPECT_TRUE(detection.contradicts(3));
  session.set_selection({.fci = hex("6F11A5")});
  EXPECT_THAT(detect_protocol(session, {.scp = 2, .scp_impl = 0x15}).fci, IsEmpty());
}

TEST(Detection, UnknownProtocolsAreNotUsable) {
  EXPECT_FALSE((Detection{.fci = {{.scp = 0x80, .i = {0x00}}}}.usable()));
  EXPECT_TRUE((Detection{.card_data = {{.scp = 3, .i = {0x70}}}}.usable()));
}

TEST(Detection, SourcesHaveNames) {
  EXPECT_EQ(text(Detection::Source::options), "the options");
  EXPECT_EQ(text(Detection::Source::answer), "the INITIALIZE UPDATE response");
  EXPECT_EQ(text(Detection::Source::assumed), "an assumption, as the card does not say");
}

}  // namespace
}  // namespace gpsh::gp
