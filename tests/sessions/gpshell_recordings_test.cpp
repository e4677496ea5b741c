// SPDX-License-Identifier: Apache-2.0
// Logs of real sessions, read where they lie outside the project.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <initializer_list>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "core/apdu.h"
#include "sessions/import_log.h"
#include "tests/support/test_data.h"

namespace gpsh::sessions {
namespace {

struct Counts {
  const char* file;
  std::size_t exchanges;
  std::size_t unanswered;
  std::size_t not_understood;
};

// The name is GoogleTest's.
void PrintTo(const Counts& counts, std::ostream* out) {  // NOLINT(readability-identifier-naming)
  *out << counts.file;
}

class GpshellRecording : public testing::TestWithParam<Counts> {};

TEST_P(GpshellRecording, HasItsExchanges) {
  const auto path = test::outside_file(GetParam().file);
  if (!path) GTEST_SKIP() << GetParam().file << " is not there; set GPSH_TEST_DATA to the folder that has it";
  const auto log = load_log(*path);
  EXPECT_EQ(log.exchanges.size(), GetParam().exchanges);
  EXPECT_EQ(log.not_understood, GetParam().not_understood);
  std::size_t unanswered = 0;
  for (const auto& exchange : log.exchanges) {
    EXPECT_EQ(CommandApdu::parse(exchange.wire_command).encode(), exchange.wire_command) << exchange.line;
    if (exchange.wire_response.empty()) {
      ++unanswered;
      continue;
    }
    const auto sw1 = ResponseApdu::parse(exchange.wire_response).sw.sw1();
    EXPECT_TRUE(sw1 == 0x90 || (sw1 & 0xF0) == 0x60) << "line " << exchange.line;
  }
  EXPECT_EQ(unanswered, GetParam().unanswered);
}

// Counted with grep: lines of "Wrapped command" that no "Chained command" follows, plus those of "Chained
// command", plus commands answered without either; unanswered are those before the next command or the end.
INSTANTIATE_TEST_SUITE_P(
    Files, GpshellRecording,
    testing::Values(Counts{"recordings/seed-01-select-isd-6a82.log", 1, 0, 0},
                    Counts{"recordings/seed-02-jcop-identify-not-fused.log", 1, 0, 0},
                    Counts{"recordings/seed-03-get-data-66-refused-6985.log", 2, 0, 0},
                    Counts{"recordings/gpshell-01-scp02-i55-level3-install-personalize.log", 141, 0, 0},
                    Counts{"recordings/gpshell-08-scp02-i15-getstatus-e0-6310.log", 7, 0, 0},
                    Counts{"recordings/gpshell-14-scp02-i15-jcop31-install-6e00.log", 6, 0, 1},
                    Counts{"recordings/gpshell-21-scp02-cryptogram-mismatch-smartcafe-mode201.log", 2, 0, 0},
                    Counts{"recordings/gpshell-26-scp03-i60-level33-getstatus.log", 3, 0, 0},
                    Counts{"recordings/gpshell-27-scp03-i60-level11-getstatus.log", 3, 0, 0},
                    Counts{"recordings/vec-kaoh-scp01-install.log", 9, 0, 0},
                    Counts{"recordings/vec-pysim-scp02-i15-level1.log", 6, 4, 0},
                    Counts{"recordings/vec-yubico-scp03-i60-level33-empty-data-encrypted.log", 3, 0, 0},
                    Counts{"golden/jcop-install.out", 10, 0, 0}, Counts{"golden/op201-install.out", 10, 0, 0},
                    Counts{"golden/scp02-55-list-all.out", 18, 0, 0},
                    Counts{"golden/scp02-55-level1.out", 14, 0, 0},
                    Counts{"golden/scp03-70-level51.out", 21, 0, 0},
                    Counts{"golden/scp03-70-store3.out", 7, 0, 0},
                    Counts{"golden/visa2-install.out", 11, 0, 0}),
    [](const auto& instance) {
      auto name = std::filesystem::path(instance.param.file).stem().string();
      std::ranges::replace(name, '-', '_');
      return name;
    });

std::size_t lines_starting(const std::string& text, std::initializer_list<std::string_view> starts) {
  std::istringstream lines(text);
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line);) {
    count += std::ranges::any_of(starts, [&](auto start) { return line.starts_with(start); }) ? 1U : 0U;
  }
  return count;
}

TEST(GpshellGoldenOutputs, AllHaveAsManyAnswersAsTheirTextShows) {
  const auto folder = test::outside_file("golden");
  if (!folder) GTEST_SKIP() << "the folder golden is not there; set GPSH_TEST_DATA to the folder that has it";
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(*folder)) {
    if (entry.path().extension() != ".out") continue;
    ++files;
    const auto text = test::read_file(entry.path());
    const auto log = parse_log(text, entry.path().filename().string());
    EXPECT_EQ(log.exchanges.size(), lines_starting(text, {"Response <-- ", "Chained response <-- "}))
        << entry.path();
    EXPECT_EQ(log.not_understood, 0U) << entry.path();
    for (const auto& exchange : log.exchanges) {
      EXPECT_FALSE(exchange.wire_response.empty()) << entry.path() << " line " << exchange.line;
    }
    EXPECT_LE(log.exchanges.size(), lines_starting(text, {"Wrapped command --> ", "Chained command --> "}))
        << entry.path();
  }
  EXPECT_GT(files, 0U);
}

/// A number of one or two hex digits.
std::string one_byte(std::string digits) {
  std::ranges::transform(digits, digits.begin(),
                         [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return digits.size() == 1 ? "0" + digits : digits;
}

/// The rows "AID, tab, state, tab, privileges" of a listing, put as the old GET STATUS answer holds them.
std::string listed_entries(const std::string& text) {
  std::istringstream lines(text);
  std::string entries;
  for (std::string line; std::getline(lines, line);) {
    const auto columns = static_cast<std::size_t>(std::ranges::count(line, '\t'));
    if (columns != 2) continue;
    std::istringstream row(line);
    std::string aid_digits;
    std::string state;
    std::string privileges;
    row >> aid_digits >> state >> privileges;
    const auto aid = from_hex(aid_digits).value();
    entries +=
        to_hex(static_cast<std::uint8_t>(aid.size())) + to_hex(aid) + one_byte(state) + one_byte(privileges);
  }
  return entries;
}

TEST(GpshellBrokenLines, JoinToTheListingGpshellPrinted) {
  const auto path = test::outside_file("recordings/gpshell-08-scp02-i15-getstatus-e0-6310.log");
  if (!path)
    GTEST_SKIP() << "recording gpshell-08 is not there; set GPSH_TEST_DATA to the folder that has it";
  std::string answered;
  std::vector<std::string> status_words;
  for (const auto& exchange : load_log(*path).exchanges) {
    if (CommandApdu::parse(exchange.wire_command).ins != 0xF2) continue;
    const auto response = ResponseApdu::parse(exchange.wire_response);
    answered += to_hex(response.data);
    status_words.push_back(response.sw.text());
  }
  EXPECT_THAT(status_words, testing::ElementsAre("6310", "6310", "6310", "9000"));
  EXPECT_EQ(answered, listed_entries(test::read_file(*path)));
}

TEST(GpshellOutputOfGetData, BelongsToNoExchange) {
  const auto path = test::outside_file("golden/scp03-70-store3.out");
  if (!path)
    GTEST_SKIP() << "golden/scp03-70-store3.out is not there; set GPSH_TEST_DATA to the folder that has it";
  const auto log = load_log(*path);
  EXPECT_EQ(to_hex(log.exchanges.at(5).wire_response), "42031122339000");
  EXPECT_EQ(to_hex(log.exchanges.at(6).wire_response), "45034455669000");
}

}  // namespace
}  // namespace gpsh::sessions
