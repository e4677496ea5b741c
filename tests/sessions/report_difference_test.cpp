// SPDX-License-Identifier: Apache-2.0
#include "sessions/report_difference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sessions/channel_log.h"
#include "tests/sessions/report_logs.h"

namespace gpsh::sessions {
namespace {

using test::report_of;
using testing::ElementsAre;

const CommandApdu kGetStatus{
    .cla = 0x80, .ins = 0xF2, .p1 = 0x40, .p2 = 0x02, .data = hex("4F00"), .le = 256};

/// "0=0", "1!1", "2-", "-2" and what differs.
std::vector<std::string> pairs_of(const std::string& first, const std::string& second) {
  const auto number = [](const auto& entry) { return entry ? std::to_string(*entry) : std::string("-"); };
  std::vector<std::string> lines;
  for (const auto& pair : compare_sessions(report_of(first), report_of(second))) {
    auto line = number(pair.first) + (pair.same() ? "=" : "!") + number(pair.second);
    for (const auto& [name, a, b] : pair.differences) line.append("; ").append(name + ": " + a + " | " + b);
    lines.push_back(line);
  }
  return lines;
}

constexpr auto kSelect = "> 00A4040000\n< 9000\n";
constexpr auto kCplc = "> 80CA9F7F00\n< 6A88\n";

TEST(ReportDifference, TheSameSteps) {
  const auto log = std::string(kSelect) + kCplc;
  EXPECT_THAT(pairs_of(log, log), ElementsAre("0=0", "1=1"));
}

TEST(ReportDifference, StepsThatOnlyOneHas) {
  EXPECT_THAT(pairs_of(std::string(kSelect) + kCplc, kCplc), ElementsAre("0!-", "1=0"));
  EXPECT_THAT(pairs_of(kSelect, std::string(kSelect) + kCplc), ElementsAre("0=0", "-!1"));
}

TEST(ReportDifference, AnotherAnswer) {
  EXPECT_THAT(pairs_of(kSelect, "> 00A4040000\n< 6A82\n"), ElementsAre("0!0; status word: 9000 | 6A82"));
  EXPECT_THAT(pairs_of("> 80CA004200\n< 42020102 9000\n", "> 80CA004200\n< 42020103 9000\n"),
              ElementsAre("0!0; answer, issuer identification number: 0102 (0102) | 0103 (0103)"));
}

TEST(ReportDifference, CommandsOfOneNameStandForEachOther) {
  const auto lines = pairs_of("> 80E40000074F05A000000001\n< 9000\n", "> 80E40000074F05A000000002\n< 9000\n");
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_THAT(lines[0], testing::AllOf(testing::StartsWith("0!0; command, "),
                                       testing::HasSubstr("A000000001 | A000000002")));
}

TEST(ReportDifference, BytesThatNoFieldShows) {
  const auto load = [](const std::string& last) {
    return "> 80E8800008C4060102030405" + last + "\n< 9000\n";
  };
  EXPECT_THAT(pairs_of(load("06"), load("07")),
              ElementsAre("0!0; command bytes: 80E8800008C406010203040506 | 80E8800008C406010203040507"));
}

TEST(ReportDifference, LongBytesAreShownAroundTheFirstDifference) {
  const auto load = [](const std::string& middle) {
    return "> 80E88000C8C481C5" + std::string(200, '0') + middle + std::string(192, '0') + "\n< 9000\n";
  };
  const auto lines = pairs_of(load("11"), load("22"));
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_THAT(lines[0], testing::StartsWith("0!0; command bytes: ..."));
  EXPECT_THAT(lines[0], testing::HasSubstr("00110000"));
  EXPECT_THAT(lines[0], testing::HasSubstr("00220000"));
  EXPECT_LT(lines[0].size(), 300U);
}

TEST(ReportDifference, SecureMessagingAndChallengesAreNotCompared) {
  test::ChannelLog first({.level = 0x03});
  first.command(kGetStatus);
  test::ChannelLog second({.level = 0x01});
  second.command(kGetStatus);
  const auto lines = pairs_of(first.text(), second.text());
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0], "0=0");
  EXPECT_THAT(lines[1], testing::HasSubstr(
                            "command, P1: 03 (security level C-MAC + C-DEC) | 01 (security level C-MAC)"));
  EXPECT_EQ(lines[2], "2=2");
}

TEST(ReportDifference, HiddenDataIsComparedByItsLength) {
  EXPECT_THAT(pairs_of("> 0020008004DEADBEEF\n< 9000\n", "> 0020008004CAFEBABE\n< 9000\n"),
              ElementsAre("0=0"));
}

}  // namespace
}  // namespace gpsh::sessions
