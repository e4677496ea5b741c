// SPDX-License-Identifier: Apache-2.0
#include "sessions/recorded_log.h"

#include <gtest/gtest.h>

#include <sstream>

#include "sessions/recording_json.h"
#include "sessions/recording_line.h"
#include "tests/support/thrown_error.h"

namespace gpsh::sessions {
namespace {

using test::thrown_error;

RecordedExchange exchange(std::string_view plain, std::string_view wire, std::string_view answer) {
  return {.apdus = {.plain_command = hex(plain), .wire_command = hex(wire), .wire_response = hex(answer)},
          .duration = std::chrono::microseconds(7)};
}

std::string recording_of(const std::vector<RecordedHappening>& events) {
  LineSeal seal;
  auto text = seal.seal(header_text({.gpsh = "0.1.0", .script_sha256 = std::string(64, 'a')})) + "\n";
  for (const auto& event : events) text += seal.seal(event_text(event)) + "\n";
  return text;
}

class Collector final : public ImportSink {
 public:
  void exchange(LoggedExchange exchange) override { exchanges.push_back(std::move(exchange)); }
  void line(const LogLine& line) override { lines = line.number; }

  std::vector<LoggedExchange> exchanges;
  std::size_t lines = 0;
};

TEST(RecordedLog, GivesExchangesWithTheirLines) {
  std::istringstream in(recording_of({RecordedCommand{.script_line = 1, .text = "select"},
                                      exchange("00A4040000", "00A4040000", "9000"), RecordedResult{},
                                      exchange("80CA006600", "84CA006608", "11229000"),
                                      RecordedUnwrapped{.response = hex("119000")}, RecordedEnd{}}));
  Collector found;
  const auto summary = import_log(in, found, "a.jsonl");
  EXPECT_EQ(summary.tool, "gpsh");
  EXPECT_EQ(summary.exchanges, 2U);
  EXPECT_EQ(summary.not_understood, 0U);
  EXPECT_EQ(found.lines, 7U);
  ASSERT_EQ(found.exchanges.size(), 2U);
  EXPECT_EQ(found.exchanges[0].line, 3U);
  EXPECT_EQ(found.exchanges[0].duration, std::chrono::microseconds(7));
  EXPECT_EQ(to_hex(found.exchanges[1].wire_command), "84CA006608");
  EXPECT_EQ(to_hex(found.exchanges[1].plain_response), "119000");
}

TEST(RecordedLog, PartsOfACommandAreOne) {
  std::istringstream in(
      recording_of({exchange("80E40000", "84E4808002AABB", "9000"), exchange("", "84E4008001CC00", "009000"),
                    exchange("", "84E4008001DD00", "009000")}));
  Collector found;
  static_cast<void>(import_log(in, found, "a.jsonl"));
  ASSERT_EQ(found.exchanges.size(), 3U);
  EXPECT_EQ(to_hex(found.exchanges[0].whole_command), "84E4008003AABBCC00");
  EXPECT_FALSE(found.exchanges[0].further_part);
  EXPECT_TRUE(found.exchanges[1].further_part);
  EXPECT_FALSE(found.exchanges[2].further_part);
}

TEST(RecordedLog, HiddenDataIsNoPlainCommand) {
  auto put_key = exchange("80D80181", "84D8018102AABB", "9000");
  put_key.hidden = 16;
  std::istringstream in(recording_of({put_key}));
  Collector found;
  static_cast<void>(import_log(in, found, "a.jsonl"));
  EXPECT_TRUE(found.exchanges.at(0).plain_command.empty());
}

TEST(RecordedLog, CutLineIsACommandWithoutAnswer) {
  auto text = recording_of({exchange("80CA006600", "80CA006600", "9000")});
  text.resize(text.find("\"response\""));
  std::istringstream in(text);
  Collector found;
  EXPECT_EQ(import_log(in, found, "a.jsonl").exchanges, 1U);
  EXPECT_TRUE(found.exchanges.at(0).wire_response.empty());
}

TEST(RecordedLog, ChangedLineIsNamed) {
  auto text = recording_of({exchange("80CA006600", "80CA006600", "9000")});
  text.replace(text.find("9000"), 4, "6A88");
  std::istringstream in(text);
  Collector found;
  const auto facts = thrown_error([&] { return import_log(in, found, "a.jsonl"); });
  EXPECT_EQ(facts.code, "bad-recording");
  EXPECT_EQ(
      facts.message,
      "a.jsonl:2: its check value does not fit: this line was changed, or lines before it were removed, "
      "added or moved");
}

TEST(RecordedLog, LogThatBeginsWithABraceIsStillALog) {
  std::istringstream in("{ a log }\n> 80CA006600\n< 6A88\n");
  Collector found;
  EXPECT_EQ(import_log(in, found).exchanges, 1U);
}

}  // namespace
}  // namespace gpsh::sessions
