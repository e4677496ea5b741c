// SPDX-License-Identifier: Apache-2.0
// Quirks of GPShell that no other test pins, and the page that lists all of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "tests/interpreter/script_run.h"
#include "tests/interpreter/scripted_access.h"
#include "tests/support/test_data.h"

namespace gpsh::test {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

constexpr std::size_t kQuirks = 56;

TEST(Quirks, APassPhraseHasALimit) {
  ScriptedAccess access((ScriptedConnection()));
  const auto script = [](std::size_t length) {
    return "mode_211\nput_dm_token_keys -file x.pem -pass " + std::string(length, 'p') + "\n";
  };
  const auto run = run_text(script(65), access);
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(
      run.err,
      HasSubstr(
          "script.txt:2:37: error[gpsh.bad-length]: -pass: 65 characters given, at most 64 are possible\n"));
  EXPECT_EQ(run_text(script(64), access).err.find("bad-length"), std::string::npos);
}

TEST(Quirks, TheModeCountsWhenACommandRuns) {
  ScriptedAccess access(
      ScriptedConnection().expect("80F28000024F0000", "6A88").expect("80F28002024F0000", "6A88"));
  const auto run = run_text(
      "mode_201\nestablish_context\ncard_connect\nget_status -element 80\nmode_211\nget_status -element 80\n",
      access);
  EXPECT_EQ(run.exit_code, 0) << run.err;
}

TEST(Quirks, AMissingFileNameHasItsText) {
  ScriptedAccess access((ScriptedConnection()));
  const auto run = run_text("mode_211\nestablish_context\ncard_connect\nload\n", access, {.checked = false});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.out, EndsWith("load() returns 0x8030F001 (A file name is invalid.)\n"));
}

/// The rows of the table, as their cells.
std::vector<std::vector<std::string>> rows() {
  std::vector<std::vector<std::string>> found;
  std::istringstream in(read_file(source_file("docs/compatibility.md")));
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with("| Q") || line.starts_with("| Q |")) continue;
    std::vector<std::string> cells;
    std::istringstream row(line.substr(2));
    for (std::string cell; std::getline(row, cell, '|');) cells.push_back(cell);
    found.push_back(cells);
  }
  return found;
}

/// The tests that a text names between grave accents, "gp/scp02_test.cpp Scp02.Name"; each is there.
std::size_t named_tests(const std::string& text) {
  std::size_t count = 0;
  std::istringstream in(text);
  for (std::string quoted; std::getline(in, quoted, '`');) {
    const auto blank = quoted.find("_test.cpp ");
    const auto dot = quoted.rfind('.');
    if (blank == std::string::npos || dot < blank + 10) continue;
    const auto source = read_file(source_file("tests/" + quoted.substr(0, blank + 9)));
    const auto suite = quoted.substr(blank + 10, dot - blank - 10);
    EXPECT_THAT(source, HasSubstr("(" + suite + ", " + quoted.substr(dot + 1) + ")")) << quoted;
    ++count;
  }
  return count;
}

TEST(CompatibilityPage, HasEveryQuirkOnceWithItsTest) {
  const auto all = rows();
  ASSERT_EQ(all.size(), kQuirks);
  for (std::size_t n = 0; n < kQuirks; ++n) {
    EXPECT_EQ(all[n].at(0), "Q" + std::to_string(n + 1) + " ");
    ASSERT_GE(all[n].size(), 5U) << n + 1;
    EXPECT_GE(named_tests(all[n][4]), 1U) << "Q" << n + 1;
  }
}

TEST(CompatibilityPage, NamesNoTestThatIsNotThere) {
  EXPECT_GT(named_tests(read_file(source_file("docs/compatibility.md"))), kQuirks);
}

}  // namespace
}  // namespace gpsh::test
