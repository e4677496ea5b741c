// SPDX-License-Identifier: Apache-2.0
#include "sessions/import_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "core/error.h"
#include "sessions/log_text.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/thrown_error.h"

namespace gpsh::sessions {
namespace {

using test::thrown_error;
using testing::ElementsAre;
using testing::IsEmpty;

/// "LINE: PLAIN | WIRE | RESPONSE" for each exchange.
std::vector<std::string> lines_of(const ImportedLog& log) {
  std::vector<std::string> lines;
  for (const auto& exchange : log.exchanges) {
    lines.push_back(std::to_string(exchange.line) + ": " + to_hex(exchange.plain_command) + " | " +
                    to_hex(exchange.wire_command) + " | " + to_hex(exchange.wire_response));
  }
  return lines;
}

std::vector<std::string> exchanges(std::string_view text) {
  return lines_of(parse_log(text, "test.log"));
}

std::size_t not_understood(std::string_view text) {
  return parse_log(text, "test.log").not_understood;
}

ErrorFacts refusal(std::string_view text) {
  return thrown_error([&] { return parse_log(text, "test.log"); });
}

TEST(GpshellLog, OneExchangeOfVersion144) {
  const auto* text =
      "mode_211\n"
      "enable_trace\n"
      "select -AID a000000003000000\n"
      "Command --> 00A4040008A000000003000000\n"
      "Wrapped command --> 00A4040008A000000003000000\n"
      "Response <-- 6A82\n"
      "select_application() returns 0x80216A82 (6A82: The application to be selected could not be found.)\n";
  EXPECT_THAT(exchanges(text),
              ElementsAre("5: 00A4040008A000000003000000 | 00A4040008A000000003000000 | 6A82"));
  EXPECT_EQ(not_understood(text), 0U);
}

TEST(GpshellLog, WrappedCommandIsTheWireForm) {
  EXPECT_THAT(exchanges("Command --> 80F22002024F0000\n"
                        "Wrapped command --> 84F220020A4F00C0375B0F0928C6D200\n"
                        "Response <-- 009000\n"
                        "Unwrapped response <-- 009000\n"),
              ElementsAre("2: 80F22002024F0000 | 84F220020A4F00C0375B0F0928C6D200 | 009000"));
}

TEST(GpshellLog, EachChainedCommandIsAnExchange) {
  EXPECT_THAT(exchanges("Command --> 80E40080024F00\n"
                        "Wrapped command --> 84E4008003AABBCC\n"
                        "Chained command --> 84E4008001AA\n"
                        "Chained response <-- 9000\n"
                        "Chained command --> 84E4000002BBCC\n"
                        "Chained response <-- 009000\n"
                        "Unwrapped response <-- 009000\n"
                        "Command --> 80CA006600\n"
                        "Wrapped command --> 80CA006600\n"
                        "Response <-- 6A88\n"),
              ElementsAre("3: 80E40080024F00 | 84E4008001AA | 9000", "5:  | 84E4000002BBCC | 009000",
                          "9: 80CA006600 | 80CA006600 | 6A88"));
}

TEST(GpshellLog, CommandAnsweredWithoutWrappedFormWasSentAsItStands) {
  EXPECT_THAT(exchanges("Command --> 80CA006600\nResponse <-- 6A88\n"),
              ElementsAre("1: 80CA006600 | 80CA006600 | 6A88"));
}

TEST(GpshellLog, ArrowsOfEveryKind) {
  for (const auto* arrows : {"-->|<--", "->|<-", "-- >|< --", "  -->  |  <--  "}) {
    const std::string both = arrows;
    const auto middle = both.find('|');
    const auto text = "Command " + both.substr(0, middle) + " 80CA006600\nWrapped command" +
                      both.substr(0, middle) + "80CA006600\nResponse " + both.substr(middle + 1) + "6A88\n";
    EXPECT_THAT(exchanges(text), ElementsAre("2: 80CA006600 | 80CA006600 | 6A88")) << arrows;
  }
}

TEST(GpshellLog, ProseThatBeginsLikeALabelIsNone) {
  EXPECT_THAT(exchanges("Command 80CA006600 was sent\n"
                        "Response: 9000\n"
                        "Command <-- 80CA006600\n"
                        "Wrapped command --> 80CA006600\n"
                        "Response --> 9000\n"
                        "Response <-- 6A88\n"),
              ElementsAre("4:  | 80CA006600 | 6A88"));
}

TEST(GpshellLog, CaseBlanksAndLineEndsDoNotMatter) {
  EXPECT_THAT(exchanges("\xEF\xBB\xBF* reader name X\r\n"
                        "  command --> 80ca 0066 00\r\n"
                        "WRAPPED COMMAND --> 80Ca006600\r\r\n"
                        "\tResponse <-- 01 02\t03 9000  \r\n"
                        "Unwrapped response <-- 0102039000"),
              ElementsAre("3: 80CA006600 | 80CA006600 | 0102039000"));
}

TEST(GpshellLog, EchoedTwiceByTheTerminal) {
  EXPECT_THAT(exchanges("card_connect\ncard_connect\n"
                        "* reader name A\n* reader name B\n"
                        "select -AID a0\nselect -AID a0\n"
                        "Command --> 00A4040001A0\n"
                        "Wrapped command --> 00A4040001A0\n"
                        "Response <-- 9000\n"
                        "Unwrapped response <-- 9000\n"),
              ElementsAre("8: 00A4040001A0 | 00A4040001A0 | 9000"));
}

TEST(GpshellLog, LinesBrokenByAConsoleAreJoined) {
  EXPECT_THAT(exchanges("Command --> 80CA0\n06600\n"
                        "Wrapped command --> 80CA0\n06\n600\n"
                        "Response <-- 010\n20304050\n6079\n000\n"
                        "card_disconnect\n"),
              ElementsAre("3: 80CA006600 | 80CA006600 | 010203040506079000"));
}

TEST(GpshellLog, BreakRightAfterTheArrow) {
  EXPECT_THAT(exchanges("Wrapped command -->\n80CA006600\nResponse <--\n6A88\n"),
              ElementsAre("1:  | 80CA006600 | 6A88"));
}

TEST(GpshellLog, OutputOfGetDataIsNoContinuation) {
  const auto* version_1 =
      "Wrapped command --> 80CA004200\n"
      "Response <-- 42031122339000\n"
      "4203112233\n"
      "get_data -identifier 45\n";
  EXPECT_THAT(exchanges(version_1), ElementsAre("1:  | 80CA004200 | 42031122339000"));
  EXPECT_EQ(not_understood(version_1), 0U);
  const auto* version_3 =
      "Wrapped command --> 80CA004200\n"
      "Response <-- 42031122339000\n"
      "Unwrapped response <-- 42031122339000\n"
      "4203112233\n";
  EXPECT_THAT(exchanges(version_3), ElementsAre("1:  | 80CA004200 | 42031122339000"));
  EXPECT_EQ(not_understood(version_3), 0U);
}

TEST(GpshellLog, BrokenResponseAndBrokenOutputOfGetData) {
  const auto* text =
      "Wrapped command --> 80CA9F7F00\n"
      "Response <-- 9F7F0\n"
      "60102030405069\n"
      "000\n"
      "9f7f060102030405\n"
      "06\n";
  EXPECT_THAT(exchanges(text), ElementsAre("1:  | 80CA9F7F00 | 9F7F060102030405069000"));
  EXPECT_EQ(not_understood(text), 0U);
}

TEST(GpshellLog, BrokenResponseAndOutputOfGetDataInOneLine) {
  EXPECT_THAT(exchanges("Wrapped command --> 80CA004200\nResponse <-- 420311\n22339000\n4203112233\n"),
              ElementsAre("1:  | 80CA004200 | 42031122339000"));
}

TEST(GpshellLog, StatusWordBrokenFromItsData) {
  EXPECT_THAT(exchanges("Wrapped command --> 80CA004200\nResponse <-- 4203112233\n9000\n"),
              ElementsAre("1:  | 80CA004200 | 42031122339000"));
}

TEST(GpshellLog, HexThatNeitherContinuesNorRepeatsIsCounted) {
  const auto* text = "Wrapped command --> 80CA004200\nResponse <-- 42031122339000\nDEADBEEF01\n";
  EXPECT_THAT(exchanges(text), ElementsAre("1:  | 80CA004200 | 42031122339000"));
  EXPECT_EQ(not_understood(text), 1U);
}

TEST(GpshellLog, EmptyLineEndsAnEntry) {
  EXPECT_THAT(exchanges("Wrapped command --> 80CA004200\nResponse <-- 9000\n\nABCD\n"),
              ElementsAre("1:  | 80CA004200 | 9000"));
}

TEST(GpshellLog, WireCommandWithoutAnswerIsKept) {
  EXPECT_THAT(exchanges("Command --> 80CA006600\n"
                        "Wrapped command --> 80CA006600\n"
                        "GP211_get_data() returns 0x80100069 (The smart card has been removed.)\n"
                        "Command --> 80CA004200\n"
                        "Wrapped command --> 80CA004200\n"
                        "Response <-- 6A88\n"
                        "Wrapped command --> 80CA00E000\n"),
              ElementsAre("2: 80CA006600 | 80CA006600 | ", "5: 80CA004200 | 80CA004200 | 6A88",
                          "7:  | 80CA00E000 | "));
}

TEST(GpshellLog, ChainWithoutItsLastAnswer) {
  EXPECT_THAT(exchanges("Wrapped command --> 84E4008002AABB\n"
                        "Chained command --> 84E4008001AA\n"
                        "Chained response <-- 9000\n"
                        "Chained command --> 84E4000001BB\n"),
              ElementsAre("2:  | 84E4008001AA | 9000", "4:  | 84E4000001BB | "));
}

TEST(GpshellLog, CommandCutFromItsWireFormIsCounted) {
  const auto* text = "Wrapped command --> 80CA004200\nResponse <-- 9000\nCommand --> 80CA006600\n";
  EXPECT_THAT(exchanges(text), ElementsAre("1:  | 80CA004200 | 9000"));
  EXPECT_EQ(not_understood(text), 1U);
}

TEST(GpshellLog, UnreadableEntriesAreCountedAndBindNothingWrong) {
  const auto* response = "Wrapped command --> 80CA004200\nResponse <-- (removed)\nResponse <-- 9000\n";
  EXPECT_THAT(exchanges(response), ElementsAre("1:  | 80CA004200 | "));
  EXPECT_EQ(not_understood(response), 2U);
  const auto* command =
      "Wrapped command --> 80CA004200\n"
      "Command --> 80D8...\nWrapped command --> 84D8...\nResponse <-- 9000\n";
  EXPECT_THAT(exchanges(command), ElementsAre("1:  | 80CA004200 | "));
  EXPECT_EQ(not_understood(command), 3U);
}

TEST(GpshellLog, AnswerWithoutCommandIsCounted) {
  const auto* text =
      "Response <-- 9000\nWrapped command --> 80CA004200\nResponse <-- 9000\nResponse <-- 6A88\n";
  EXPECT_THAT(exchanges(text), ElementsAre("2:  | 80CA004200 | 9000"));
  EXPECT_EQ(not_understood(text), 2U);
}

TEST(GpshellLog, OddNumberOfDigitsIsACutLine) {
  const auto facts = refusal("mode_211\nWrapped command --> 80CA00660\nResponse <-- 9000\n");
  EXPECT_EQ(facts.kind, ErrorKind::file);
  EXPECT_EQ(facts.code, "cut-hex");
  EXPECT_EQ(facts.message, "test.log, line 2: 9 hex digits make no whole bytes");
  EXPECT_EQ(facts.advice, "the line was cut when the log was copied: take it from the original");
  EXPECT_EQ(refusal("Wrapped command --> 80CA006600\nResponse <-- 900").message,
            "test.log, line 2: 3 hex digits make no whole bytes");
  EXPECT_EQ(refusal("Wrapped command --> 80CA006600\nResponse <-- 0102\n03040\n").message,
            "test.log, line 2: 9 hex digits make no whole bytes");
}

TEST(GpshellLog, EntryShorterThanItsLogSaysIsTold) {
  EXPECT_EQ(refusal("A>> T=1 (4+0000) 80CA0066 00\nA<< (0004+2) (45ms) 6602 9000\n").message,
            "test.log, line 2: 8 hex digits are fewer than the 6 bytes that the log says");
}

TEST(GpshellLog, LogWithoutExchangeNamesWhatWasLookedFor) {
  for (const auto* text : {"", "\n\n", "mode_211\nCommand --> 80CA006600\n", "Response <-- 9000\n"}) {
    const auto facts = refusal(text);
    EXPECT_EQ(facts.kind, ErrorKind::file);
    EXPECT_EQ(facts.code, "empty-log");
    EXPECT_EQ(facts.message, "test.log shows no command as it went to the card");
    EXPECT_EQ(facts.advice, kLogsThatAreRead);
  }
}

TEST(GpshellLog, AnyBytesGiveExchangesOrAnError) {
  const std::string base =
      "Command --> 80CA004200\nWrapped command --> 80CA004200\nResponse <-- 42031122339000\n4203112233\n";
  for (std::size_t at = 0; at < base.size(); ++at) {
    for (int value = 0; value < 256; ++value) {
      auto text = base;
      text[at] = static_cast<char>(value);
      try {
        for (const auto& exchange : parse_log(text, "test.log").exchanges) {
          ASSERT_THAT(exchange.wire_command, testing::Not(IsEmpty()));
        }
      } catch (const Error& error) {
        ASSERT_EQ(error.kind(), ErrorKind::file);
      }
    }
  }
}

TEST(GpshellLog, LinesOfAMegabyte) {
  const std::string digits(1 << 20, 'A');
  const auto text = "prose " + digits + "\nWrapped command --> 80CA004200\nResponse <-- " + digits + "\n" +
                    digits + "\n9000\n" + std::string(1 << 20, '\0');
  const auto log = parse_log(text, "test.log");
  ASSERT_EQ(log.exchanges.size(), 1U);
  EXPECT_EQ(log.exchanges[0].wire_response.size(), (1U << 20) + 2U);
}

TEST(GpshellLog, ManyShortContinuations) {
  std::string text = "Wrapped command --> 80CA004200\nResponse <-- 01\n";
  for (int i = 0; i < 200000; ++i) text += "02\n";
  const auto log = parse_log(text + "9000\n", "test.log");
  EXPECT_EQ(log.exchanges.at(0).wire_response.size(), 200003U);
}

TEST(GpshellLogFile, CannotBeReadOrIsNoFile) {
  const auto missing = thrown_error([] { return load_log("no/such/file.log"); });
  EXPECT_EQ(missing.kind, ErrorKind::file);
  EXPECT_EQ(missing.code, "unreadable-log");
  EXPECT_EQ(missing.message, "cannot read the log no/such/file.log: No such file or directory");
  EXPECT_EQ(missing.advice, "check the path and its permissions");
  const auto folder = thrown_error([] { return load_log("."); });
  EXPECT_EQ(folder.code, "unreadable-log");
  EXPECT_EQ(folder.message, "cannot read the log .: it is a folder");
  EXPECT_EQ(folder.advice, "name a file in it");
}

// The first page of a process is never there, so it opens and cannot be read.
TEST(GpshellLogFile, OpensAndCannotBeRead) {
  static constexpr auto kMemory = "/proc/self/mem";
  if (!std::filesystem::exists(kMemory)) GTEST_SKIP() << "there is no " << kMemory;
  for (const auto read :
       {+[] { static_cast<void>(load_log(kMemory)); }, +[] { static_cast<void>(read_log_text(kMemory)); }}) {
    const auto unread = thrown_error(read);
    EXPECT_EQ(unread.code, "unreadable-log");
    EXPECT_EQ(unread.message, "cannot read the log /proc/self/mem: Input/output error");
  }
}

TEST(GpshellLogFile, ReadAsAWholeUpToALimit) {
  const test::TemporaryFolder folder;
  const auto path = (folder.path / "long.log").string();
  std::ofstream(path) << "a\nb";
  EXPECT_EQ(read_log_text(path), "a\nb");
  std::filesystem::resize_file(path, kMaxLogText);
  EXPECT_EQ(read_log_text(path).size(), kMaxLogText);
  std::filesystem::resize_file(path, kMaxLogText + 1);
  const auto error = thrown_error([&] { return read_log_text(path); });
  EXPECT_EQ(error.code, "unreadable-log");
  EXPECT_EQ(error.message, "long.log has more than 64 MiB");
}

}  // namespace
}  // namespace gpsh::sessions
