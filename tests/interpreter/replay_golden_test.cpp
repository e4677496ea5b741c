// SPDX-License-Identifier: Apache-2.0
// Whole sessions of GPShell, replayed: the same APDUs and, but for what docs/compatibility.md lists, the same
// lines.
#include <sstream>

#include "sessions/import_log.h"

#include "sessions/replay_access.h"
#include "sessions/replay_random.h"
#include "tests/interpreter/script_run.h"
#include "tests/support/test_data.h"
#include <gmock/gmock.h>

namespace gpsh::test {
namespace {

struct Replayed {
  ScriptRun run;
  std::vector<std::string> lines;
  std::optional<sessions::Leftover> leftover;
};

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

Replayed replay(const std::string& log_text, const std::string& script) {
  auto tape = std::make_shared<sessions::ReplayTape>("log", sessions::parse_log(log_text, "log").exchanges);
  sessions::ReplayAccess access(tape);
  sessions::ReplayRandom random(tape);
  std::ostringstream out;
  std::ostringstream err;
  interpreter::DiagnosticSink diagnostics(err, interpreter::Colour::off);
  interpreter::Output output(out);
  const auto checked = interpreter::check(interpreter::Source("script.txt", script), no_environment,
                                          interpreter::Strictness::strict, interpreter::SecretDisplay::shown);
  for (const auto& diagnostic : checked.diagnostics) diagnostics.print(diagnostic, checked.source);
  interpreter::RunEnvironment environment{.access = access,
                                          .random = random,
                                          .output = output,
                                          .wire = gp::Wire::gpshell,
                                          .secrets = interpreter::SecretDisplay::shown};
  const auto code = interpreter::execute(checked, environment, diagnostics);
  return {.run = {.exit_code = code, .out = out.str(), .err = err.str()},
          .lines = lines_of(out.str()),
          .leftover = access.leftover()};
}

/// GPShell's lines with what gpsh decides otherwise changed: 1.4.4's arrows and the lines it had not (seeds);
/// send_apdu's text (Q18); privileges of load files (Q14); load files twice (Q16).
std::vector<std::string> expected_lines(const std::string& log) {
  std::vector<std::string> lines;
  for (auto line : lines_of(log)) {
    if (line == "send_APDU() returns 0x80206A82 (Success)")
      line = "send_APDU() returns 0x80206A82 (6A82: File not found.)";
    lines.push_back(line);
  }
  return lines;
}

struct GoldenCase {
  std::string name;
  int exit_code;
};

class Golden : public ::testing::TestWithParam<GoldenCase> {};

TEST_P(Golden, SendsAndPrintsTheSame) {
  const auto log = outside_file("golden/" + GetParam().name + ".out");
  const auto script = outside_file("golden/" + GetParam().name + ".txt");
  if (!log || !script) GTEST_SKIP() << "golden/" << GetParam().name << " is not below GPSH_TEST_DATA";
  const auto replayed = replay(read_file(*log), read_file(*script));
  EXPECT_EQ(replayed.run.exit_code, GetParam().exit_code) << replayed.run.err;
  EXPECT_FALSE(replayed.leftover);
  EXPECT_EQ(replayed.lines, expected_lines(read_file(*log)));
}

INSTANTIATE_TEST_SUITE_P(Replay, Golden,
                         ::testing::Values(GoldenCase{"jcop-identify-fused", 1},
                                           GoldenCase{"notfused-identify", 1}, GoldenCase{"wrong-keys-1", 1},
                                           GoldenCase{"wrong-keys-4", 1}),
                         [](const auto& one) {
                           auto name = one.param.name;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

/// Listings differ by the mended quirks; all other lines must stand in their order, and every listed load
/// file, module and application must be there.
class GoldenListing : public ::testing::TestWithParam<std::string> {};

/// Writes 0000 into the version column, which is the one of four hex digits and three blanks.
void blank_version(std::string& line) {
  constexpr std::size_t kDigits = 4;
  for (auto at = line.find(" | "); at != std::string::npos; at = line.find(" | ", at + 1)) {
    const auto cell = line.substr(at + 3, kDigits);
    const bool digits = cell.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (digits && line.substr(at + 3 + kDigits, 6) == "    | ") line.replace(at + 3, kDigits, "0000");
  }
}

std::vector<std::string> without_mended_rows(const std::vector<std::string>& lines) {
  std::vector<std::string> kept;
  bool load_files = false;
  bool old_format = false;
  for (auto line : lines) {
    if (line.starts_with("get_status")) {
      load_files = line.find("-element 20") != std::string::npos;
      old_format = line.find("-format 0") != std::string::npos;
    }
    // The old format has no version; GPShell prints the one of an earlier listing (Q14).
    if (old_format) blank_version(line);
    const bool privilege_of_load_file = load_files && line.starts_with(std::string(32, ' ') + " |");
    const bool repeated = !kept.empty() && line.size() > 100 && line.find(" | ") != std::string::npos &&
                          !line.starts_with("--") && kept.back().substr(0, 95) == line.substr(0, 95) &&
                          line.substr(95).find_first_not_of(" |") == std::string::npos;
    if (!privilege_of_load_file && !repeated) kept.push_back(line);
  }
  return kept;
}

TEST_P(GoldenListing, SendsTheSameAndListsTheSame) {
  const auto log = outside_file("golden/" + GetParam() + ".out");
  const auto script = outside_file("golden/" + GetParam() + ".txt");
  if (!log || !script) GTEST_SKIP() << "golden/" << GetParam() << " is not below GPSH_TEST_DATA";
  const auto replayed = replay(read_file(*log), read_file(*script));
  EXPECT_EQ(replayed.run.exit_code, 0) << replayed.run.err;
  EXPECT_FALSE(replayed.leftover);
  EXPECT_THAT(without_mended_rows(replayed.lines),
              ::testing::ElementsAreArray(without_mended_rows(lines_of(read_file(*log)))));
}

INSTANTIATE_TEST_SUITE_P(Replay, GoldenListing, ::testing::Values("jcop-list-all", "scp02-55-list-all"),
                         [](const auto& one) {
                           auto name = one.param;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

/// The lines of a log that are script lines.
std::string script_of(const std::string& log) {
  std::string script;
  for (const auto& line : lines_of(log)) {
    const auto word = line.substr(0, line.find_first_of(" \r"));
    if (interpreter::find_command(word) != nullptr) script += line + "\n";
  }
  return script;
}

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
