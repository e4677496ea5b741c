// SPDX-License-Identifier: Apache-2.0
#include "core/status_word.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>

namespace gpsh {
namespace {

constexpr std::uint8_t kSelect = 0xA4;
constexpr std::uint8_t kInitializeUpdate = 0x50;
constexpr std::uint8_t kInstall = 0xE6;
constexpr std::uint8_t kGetStatus = 0xF2;

std::string meaning(unsigned sw, std::uint8_t ins) {
  return explain(StatusWord(static_cast<std::uint16_t>(sw)), ins).meaning;
}

TEST(StatusWord, SplitsIntoItsBytes) {
  constexpr StatusWord sw(0x6A88);
  EXPECT_EQ(sw.value(), 0x6A88);
  EXPECT_EQ(sw.sw1(), 0x6A);
  EXPECT_EQ(sw.sw2(), 0x88);
  EXPECT_EQ(sw.text(), "6A88");
  EXPECT_EQ(StatusWord().text(), "0000");
}

TEST(StatusWord, OnlyNineThousandIsOk) {
  EXPECT_TRUE(StatusWord(0x9000).ok());
  EXPECT_FALSE(StatusWord(0x9001).ok());
  EXPECT_FALSE(StatusWord(0x6100).ok());
}

TEST(StatusWord, Sixty2AndSixty3AreWarnings) {
  for (unsigned sw1 = 0; sw1 <= 0xFF; ++sw1) {
    const StatusWord sw(static_cast<std::uint16_t>(sw1 << 8));
    EXPECT_EQ(sw.warning(), sw1 == 0x62 || sw1 == 0x63) << sw.text();
  }
}

TEST(StatusWordMeaning, DependsOnTheInstruction) {
  EXPECT_EQ(meaning(0x6A82, kSelect), "no application with this AID");
  EXPECT_EQ(meaning(0x6A82, kGetStatus), "file or application not found");
  EXPECT_EQ(meaning(0x6283, kSelect), "the card is locked (CARD_LOCKED)");
  EXPECT_EQ(meaning(0x6283, kGetStatus), "selected file invalidated");
  EXPECT_EQ(meaning(0x9000, kInstall), "success");
}

TEST(StatusWordMeaning, AdviceDependsOnTheInstructionToo) {
  const StatusWord conditions(0x6985);
  EXPECT_THAT(explain(conditions, kInstall).advice, testing::HasSubstr("already be on the card"));
  EXPECT_THAT(explain(conditions, kInitializeUpdate).advice, testing::HasSubstr("sequence counter"));
  EXPECT_EQ(
      explain(conditions, kGetStatus).advice,
      "the card, or what the command is about, is in a state that does not allow it: look with get_status");
}

TEST(StatusWordMeaning, ConditionsNotSatisfiedMeansSomethingElseInEveryPhase) {
  const StatusWord conditions(0x6985);
  const auto advice = [&](std::uint8_t ins) { return explain(conditions, ins).advice; };
  EXPECT_EQ(
      advice(0xCA),
      "the card does not give this object in its present state or without a secure channel: go on without "
      "it; a channel needs none of it where INITIALIZE UPDATE names the protocol");
  EXPECT_EQ(
      advice(0xE8),
      "no load is under way, as INSTALL [for load] was missing or refused, or a block was lost: begin again "
      "with it; at the last block the card may want a newer Java Card version or a package it does not have");
  EXPECT_EQ(
      advice(0xD8),
      "the keys cannot be put like this: the new version may exist already, or the version to be replaced "
      "be a factory key set that wants another P1; see get_key_information_templates");
  EXPECT_EQ(advice(0xE2),
            "the application takes no data now: it may be personalised already, or a block be missing before "
            "this; begin again with INSTALL [for personalization]");
  EXPECT_EQ(advice(0xF0),
            "the life cycle does not go from the present state to this one; see it with get_status");
  EXPECT_EQ(
      advice(kInstall),
      "the package or instance may already be on the card: look with get_status, remove it with delete; or "
      "the applet itself refused to be made, e.g. without install parameters");
}

// What people report of cards whose Java Card version is too old, and of applets that fail while they are
// made.
TEST(StatusWordMeaning, ALoadFileOrAnAppletThatTheCardCannotTake) {
  EXPECT_EQ(meaning(0x6438, 0xE8), "an error code of the card's maker; nothing was changed");
  EXPECT_EQ(
      explain(StatusWord(0x6438), 0xE8).advice,
      "the card cannot take this load file: it may need a newer Java Card version or a package the card does "
      "not have");
  EXPECT_EQ(explain(StatusWord(0x6F00), kInstall).advice,
            "the applet's own code may have failed for want of memory, an algorithm or install parameters: "
            "get_status shows what is on the card");
}

TEST(StatusWordMeaning, WrongClassAtInstallHintsAtALostChannel) {
  EXPECT_EQ(
      explain(StatusWord(0x6E00), kInstall).advice,
      "what answers is no security domain with an open channel: a reset, another SELECT or another program "
      "at the reader ended it; select the security domain, open_sc, and install again");
}

TEST(StatusWordMeaning, LengthsInTheStatusWord) {
  EXPECT_EQ(meaning(0x6101, kGetStatus), "1 byte of response still available");
  EXPECT_EQ(meaning(0x61FF, kGetStatus), "255 bytes of response still available");
  EXPECT_EQ(meaning(0x6100, kGetStatus), "256 bytes of response still available");
  EXPECT_EQ(meaning(0x6C1A, kGetStatus), "wrong Le, the exact length is 26");
  EXPECT_EQ(meaning(0x6C00, kGetStatus), "wrong Le, the exact length is 256");
}

TEST(StatusWordMeaning, TriesLeft) {
  EXPECT_EQ(meaning(0x63C0, kGetStatus), "0 tries left");
  EXPECT_EQ(meaning(0x63C1, kGetStatus), "1 try left");
  EXPECT_EQ(meaning(0x63CF, kGetStatus), "15 tries left");
  EXPECT_EQ(meaning(0x63D0, kGetStatus), "unknown status word");
}

TEST(StatusWordMeaning, EveryStatusWordHasOneAndSaysItInLowerCaseWithoutFullStop) {
  for (unsigned value = 0; value <= 0xFFFF; ++value) {
    for (const auto ins : {kSelect, kInitializeUpdate, kInstall}) {
      const auto explained = explain(StatusWord(static_cast<std::uint16_t>(value)), ins);
      ASSERT_FALSE(explained.meaning.empty()) << value;
      ASSERT_FALSE(std::isupper(static_cast<unsigned char>(explained.meaning.front()))) << explained.meaning;
      ASSERT_NE(explained.meaning.back(), '.') << explained.meaning;
      ASSERT_FALSE(explained.advice.ends_with('.')) << explained.advice;
    }
  }
}

}  // namespace
}  // namespace gpsh
