// SPDX-License-Identifier: Apache-2.0
// GPShell's runs that manage keys, store data and read card data: the same APDUs and the same lines, but for
// what docs/compatibility.md lists.
#include <gmock/gmock.h>

#include <algorithm>

#include "tests/interpreter/golden_replay.h"
#include "tests/interpreter/standing_in.h"

namespace gpsh::test {
namespace {

using testing::ElementsAreArray;

constexpr std::size_t kUsageAt = 36;  // of a row of get_key_information_templates

bool is_key_row(const std::string& line) {
  return line.size() > kUsageAt && line.substr(3, 3) == " | " && std::isdigit(line[0]) != 0;
}

/// Usage and access, which the card did not say, are what GPShell finds in its memory (Q17); times differ.
std::vector<std::string> comparable(std::vector<std::string> lines) {
  for (auto& line : lines) {
    if (is_key_row(line)) line.resize(kUsageAt);
    if (line.starts_with("command time: ")) line = "command time";
  }
  return lines;
}

class GoldenKeys : public testing::TestWithParam<std::string> {};

TEST_P(GoldenKeys, SendsAndPrintsTheSame) {
  const auto run = golden(GetParam());
  if (!run) GTEST_SKIP() << "golden/" << GetParam() << " is not below GPSH_TEST_DATA";
  const StandingIn folder(outside_file("golden")->string());
  const auto replayed = replay(run->log, run->script);
  EXPECT_EQ(replayed.run.exit_code, 0) << replayed.run.err;
  EXPECT_FALSE(replayed.leftover);
  EXPECT_THAT(comparable(replayed.lines), ElementsAreArray(comparable(lines_of(run->log))));
}

INSTANTIATE_TEST_SUITE_P(Replay, GoldenKeys,
                         testing::Values("scp01-15-putkeys-1", "scp02-55-putkeys-1", "scp02-55-putkeys-2",
                                         "scp02-55-putkeys-3", "scp03-70-putkeys-1", "scp03-70-putkeys-2",
                                         "scp03-70-putkeys-3", "scp03-70-keys", "scp03-70-resources",
                                         "scp03-70-crd", "scp03-70-store3", "scp03-192-level51"),
                         [](const auto& one) {
                           auto name = one.param;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

TEST(GoldenKeyRows, UsageAndAccessAreZeroWhereTheCardSaysNothing) {
  const auto run = golden("scp03-70-keys");
  if (!run) GTEST_SKIP() << "golden/scp03-70-keys is not below GPSH_TEST_DATA";
  const auto replayed = replay(run->log, run->script);
  EXPECT_THAT(replayed.lines, testing::Contains("1   | 1       | 88     | 16     | 00    | 00     "));
}

}  // namespace
}  // namespace gpsh::test
