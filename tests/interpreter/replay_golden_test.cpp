// SPDX-License-Identifier: Apache-2.0
// Whole sessions of GPShell, replayed: the same APDUs and, but for what docs/compatibility.md lists, the same
// lines.
#include "tests/interpreter/golden_replay.h"
#include "tests/interpreter/standing_in.h"
#include "tests/support/test_data.h"
#include <gmock/gmock.h>

namespace gpsh::test {
namespace {

constexpr std::string_view kTime = "command time: ";
constexpr std::string_view kEmptyListing =
    "get_status() returns 0x80206A88 (6A88: Referenced data not found.)";
constexpr std::string_view kListingHead =
    "AID                              | State        | Privileges                     | Version | Linked "
    "Security Domain          ";

/// Writes 0000 into the version column, which is the one of four hex digits and three blanks.
void blank_version(std::string& line) {
  constexpr std::size_t kDigits = 4;
  for (auto at = line.find(" | "); at != std::string::npos; at = line.find(" | ", at + 1)) {
    const auto cell = line.substr(at + 3, kDigits);
    const bool digits = cell.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (digits && line.substr(at + 3 + kDigits, 6) == "    | ") line.replace(at + 3, kDigits, "0000");
  }
}

/// Blanks the state column of a row.
void blank_state(std::string& line) {
  constexpr std::size_t kState = 35;
  constexpr std::size_t kWidth = 12;
  if (line.substr(std::min(kState - 3, line.size())).starts_with(" | "))
    line.replace(kState, kWidth, kWidth, ' ');
}

/// Lines without what gpsh decides otherwise: send_apdu's text (Q18), an empty listing (Q55), privileges of
/// load files and versions of the old format (Q14), states of mixed listings (Q15), load files twice (Q16);
/// and without times.
std::vector<std::string> without_mended(const std::vector<std::string>& lines) {
  std::vector<std::string> kept;
  std::string listing;
  for (auto line : lines) {
    if (line.starts_with("get_status ")) listing = line;
    const auto asked = [&](std::string_view option) { return listing.find(option) != std::string::npos; };
    if (line.starts_with(kTime)) line = kTime;
    if (line == "send_APDU() returns 0x80206A82 (Success)")
      line = "send_APDU() returns 0x80206A82 (6A82: File not found.)";
    if (line == kEmptyListing) line = kListingHead;
    if (asked("-format 0")) blank_version(line);
    if (asked("-element e0")) blank_state(line);
    const bool privilege_of_load_file = asked("-element 20") && line.starts_with(std::string(32, ' ') + " |");
    const bool repeated = !kept.empty() && line.size() > 100 && line.find(" | ") != std::string::npos &&
                          !line.starts_with("--") && kept.back().substr(0, 95) == line.substr(0, 95) &&
                          line.substr(95).find_first_not_of(" |") == std::string::npos;
    if (!privilege_of_load_file && !repeated) kept.push_back(line);
  }
  return kept;
}

/// A transcript below golden/; without a script beside it, its script is the lines of its echo.
struct GoldenCase {
  std::string name;
  int exit_code = 0;
};

void PrintTo(const GoldenCase& one, std::ostream* out) {
  *out << one.name;
}

const std::vector<GoldenCase> kGolden = {
    {"card-locked-list"},       {"emv-install"},       {"jcop-delete"},
    {"jcop-identify-fused", 1}, {"jcop-install"},      {"jcop-list"},
    {"jcop-list-all"},          {"jcop66-explicit"},   {"jcop66-install", 1},
    {"notfused-identify", 1},   {"op201-install"},     {"op201-list"},
    {"scp01-05-install"},       {"scp02-55-level0"},   {"scp02-55-level1"},
    {"scp02-55-level3"},        {"scp02-55-list-all"}, {"scp02-55-parts"},
    {"scp02-75-level17"},       {"scp02-75-level19"},  {"scp03-256-level51"},
    {"scp03-70-install"},       {"scp03-70-level1"},   {"scp03-70-level17"},
    {"scp03-70-level19"},       {"scp03-70-level3"},   {"scp03-70-level51"},
    {"visa2-install"},          {"wrong-keys-1", 1},   {"wrong-keys-4", 1},
};

class GoldenRun : public ::testing::TestWithParam<GoldenCase> {};

TEST_P(GoldenRun, SendsAndPrintsTheSame) {
  const auto run = golden(GetParam().name);
  if (!run) GTEST_SKIP() << "golden/" << GetParam().name << " is not below GPSH_TEST_DATA";
  const StandingIn folder(outside_file("golden")->string());
  const auto replayed = replay(run->log, run->script);
  EXPECT_EQ(replayed.run.exit_code, GetParam().exit_code) << replayed.run.err;
  EXPECT_FALSE(replayed.leftover);
  EXPECT_THAT(without_mended(replayed.lines),
              ::testing::ElementsAreArray(without_mended(lines_of(run->log))));
}

INSTANTIATE_TEST_SUITE_P(Replay, GoldenRun, ::testing::ValuesIn(kGolden), [](const auto& one) {
  auto name = one.param.name;
  std::ranges::replace(name, '-', '_');
  return name;
});

/// A log of 1.4.4 as 3.0.0 would print it.
std::vector<std::string> in_new_form(const std::string& log) {
  std::vector<std::string> lines;
  for (auto line : lines_of(log)) {
    if (const auto at = line.find(" -> "); at != std::string::npos) line.replace(at, 4, " --> ");
    if (const auto at = line.find(" <- "); at != std::string::npos) line.replace(at, 4, " <-- ");
    lines.push_back(line);
    if (line.starts_with("Response <-- ")) lines.push_back("Unwrapped response " + line.substr(9));
  }
  return lines;
}

class Seed : public ::testing::TestWithParam<std::string> {};

TEST_P(Seed, PrintsTheLogsLines) {
  const auto log = outside_file("recordings/" + GetParam());
  if (!log) GTEST_SKIP() << "recordings/" << GetParam() << " is not below GPSH_TEST_DATA";
  const auto text = read_file(*log);
  const auto replayed = replay(text, script_of(text));
  EXPECT_EQ(replayed.run.exit_code, 1);
  EXPECT_FALSE(replayed.leftover);
  EXPECT_EQ(replayed.lines, in_new_form(text));
}

INSTANTIATE_TEST_SUITE_P(
    Replay, Seed, ::testing::Values("seed-01-select-isd-6a82.log", "seed-02-jcop-identify-not-fused.log"),
    [](const auto& one) { return one.param.substr(0, 4) + "_" + one.param.substr(5, 2); });

TEST(ReplaySeed, NotFusedIsSaidInWords) {
  const auto log = outside_file("recordings/seed-02-jcop-identify-not-fused.log");
  if (!log) GTEST_SKIP() << "recordings are not below GPSH_TEST_DATA";
  const auto text = read_file(*log);
  EXPECT_NE(replay(text, script_of(text)).run.err.find("the card is not fused"), std::string::npos);
}

TEST(ReplaySeed, WhereGpshellGaveUpTheLogEndsAndSoDoesTheReplay) {
  const auto log = outside_file("recordings/seed-03-get-data-66-refused-6985.log");
  if (!log) GTEST_SKIP() << "recordings are not below GPSH_TEST_DATA";
  const auto text = read_file(*log);
  const auto replayed = replay(text, script_of(text));
  EXPECT_EQ(replayed.run.exit_code, 1);
  EXPECT_EQ(replayed.lines.back(),
            "get_secure_channel_protocol_details() returns 0x80206985 (6985: Command not allowed - "
            "Conditions of use "
            "not satisfied.)");
  EXPECT_NE(replayed.run.err.find("on a card gpsh goes on with INITIALIZE UPDATE"), std::string::npos)
      << replayed.run.err;
}

TEST(ReplaySeed, ScriptThatDoesMoreThanTheLogIsTold) {
  const auto log = outside_file("recordings/seed-01-select-isd-6a82.log");
  if (!log) GTEST_SKIP() << "recordings are not below GPSH_TEST_DATA";
  const auto replayed = replay(
      read_file(*log),
      "establish_context\ncard_connect\nselect -AID A000000003000000 -noStop\nselect -AID A0000000030000\n");
  EXPECT_EQ(replayed.run.exit_code, 1);
  EXPECT_NE(replayed.run.err.find("error[gpsh.replay-end]"), std::string::npos) << replayed.run.err;
}

TEST(ReplaySeed, DifferentCommandShowsBoth) {
  const auto log = outside_file("recordings/seed-01-select-isd-6a82.log");
  if (!log) GTEST_SKIP() << "recordings are not below GPSH_TEST_DATA";
  const auto replayed =
      replay(read_file(*log), "establish_context\ncard_connect\nselect -AID A000000003000001\n");
  EXPECT_EQ(replayed.run.exit_code, 1);
  EXPECT_NE(replayed.run.err.find(
                "script: SELECT: CLA 00 INS A4 P1 04 P2 00, 8 data bytes A000000003000001, no Le"),
            std::string::npos);
  EXPECT_NE(replayed.run.err.find("recorded (log, line 7): SELECT: CLA 00 INS A4 P1 04 P2 00, 8 data bytes "
                                  "A000000003000000, no Le"),
            std::string::npos)
      << replayed.run.err;
}

}  // namespace
}  // namespace gpsh::test
