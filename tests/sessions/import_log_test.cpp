// SPDX-License-Identifier: Apache-2.0
// Small logs in the shape of each tool.
#include "sessions/import_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "sessions/importers/formats.h"

namespace gpsh::sessions {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Collector final : public ImportSink {
 public:
  void exchange(LoggedExchange exchange) override { exchanges.push_back(std::move(exchange)); }

  std::vector<LoggedExchange> exchanges;
};

struct Import {
  ImportSummary summary{};
  std::vector<LoggedExchange> exchanges{};

  /// "LINE: WIRE | RESPONSE" for each.
  [[nodiscard]] std::vector<std::string> lines() const {
    std::vector<std::string> all;
    for (const auto& exchange : exchanges) {
      all.push_back(std::to_string(exchange.line) + ": " + to_hex(exchange.wire_command) + " | " +
                    to_hex(exchange.wire_response));
    }
    return all;
  }
};

Import import_text(const std::string& text) {
  std::istringstream in(text);
  Collector collector;
  const auto summary = import_log(in, collector);
  return {.summary = summary, .exchanges = std::move(collector.exchanges)};
}

TEST(ImportLog, GlobalPlatformPro) {
  const auto log = import_text(
      "# GlobalPlatformPro v20.01.23\n"
      "SCardConnect(\"Reader\", T=*) -> T=0, 3B9F96801F878031E073FE211B674A4C753034054BA9\n"
      "A>> T=0 (4+0000) 00A40400 00 \n"
      "A<< (0004+2) (16ms) 6F028400 9000\n"
      "[TRACE] GPSession -      [84] A000000003000000\n"
      "Tag 64: 1.2.840.114283.4.2.21\n"
      "-> GP SCP02 i=15\n"
      "A>> T=CL (4+0008) 80500000 08 0102030405060708 00\n"
      "A<< (0000+2) (3ms) 6A88\n");
  EXPECT_THAT(log.lines(), ElementsAre("3: 00A4040000 | 6F0284009000",
                                       "8: 80500000080102030405060708"
                                       "00 | 6A88"));
  EXPECT_EQ(log.summary.tool, "GlobalPlatformPro");
  EXPECT_EQ(log.summary.not_understood, 0U);
  EXPECT_EQ(log.exchanges.at(0).protocol, TransmissionProtocol::t0);
  EXPECT_EQ(log.exchanges.at(0).duration, std::chrono::milliseconds(16));
  EXPECT_FALSE(log.exchanges.at(1).protocol);
}

TEST(ImportLog, GlobalPlatformProBrokenByAConsole) {
  const auto log = import_text(
      "A>> T=1 (4+0008) 80500000 08 0102030405060708 00                               \n"
      "A<< (0048+2) (16ms) 000000000000000000000000000000000000000000000000000000000000\n"
      "000000000000000000000000000000000000 9000                                      \n"
      "[DEBUG] GlobalPlatform - Auto-detected ISD: A0000001510000\n");
  EXPECT_THAT(log.lines(), ElementsAre("1: 8050000008010203040506070800 | " + std::string(96, '0') + "9000"));
}

TEST(ImportLog, GpjBrokenInTheMiddleOfAByte) {
  const auto log = import_text(
      "DEBUG: Command  APDU: 00 A4 04 00 08 A0 00 00 00 03 00 00 00\n"
      "DEBUG: Response APDU: 6F 10 84 08 A0 00 00 00 03 00 00 00 A5 04 9F 65 01 FF 90 0\n"
      "0\n"
      "Successfully selected Security Domain OP201a A0 00 00 00 03 00 00 00\n"
      "DEBUG: Command APDU: 84 82 00 00 10 0D D7 A4 DF 75 E4 CA 5C 9E EE 25 3F 96 A7 8\n"
      "A 8B\n"
      "DEBUG: Response APDU: 90 00\n");
  EXPECT_THAT(log.lines(),
              ElementsAre("1: 00A4040008A000000003000000 | 6F108408A000000003000000A5049F6501FF9000",
                          "5: 84820000100DD7A4DF75E4CA5C9EEE253F96A78A8B | 9000"));
  EXPECT_EQ(log.summary.tool, "GPJ");
}

TEST(ImportLog, Securo) {
  const auto log = import_text(
      "2022 - 01 - 20 21:17:24,018 INFO - Command send:[ApduCommand= 80F22002024F0000]\n"
      "2022 - 01 - 20 21:17:24,019 INFO - TX - Plain-> 80F22002024F0000\n"
      "2022 - 01 - 20 21:17:24,031 INFO - TX - Wrap-> 84F220020A4F00B46CED16DE49800600\n"
      "2022 - 01 - 20 21:17:24,146 INFO - RX - Wrap < -E3009000\n"
      "2022 - 01 - 20 21:17:24,163 INFO - RX - Plain->E3009000\n");
  EXPECT_THAT(log.lines(), ElementsAre("3: 84F220020A4F00B46CED16DE49800600 | E3009000"));
  EXPECT_EQ(to_hex(log.exchanges.at(0).plain_command), "80F22002024F0000");
  EXPECT_EQ(to_hex(log.exchanges.at(0).plain_response), "E3009000");
}

TEST(ImportLog, JcshellWithItsColumnOfText) {
  const auto log = import_text(
      "cm>  init-update 255\n"
      " => 80 50 00 00 08 E2 C1 71 6C 16 0B 5C 92 00          .P.....ql..\\..\n"
      " (8301 usec)\n"
      " <= 00 00 23 25 00 46 38 90 18 09 03 01 BF 85 B1 85    ..#%.F8.........\n"
      "    54 CF EF 2B EA 43 F3 61 FC 68 6C 4D 90 00          T..+.C.a.hlM..\n"
      "Status: No Error\n"
      "=> 80 F2 80 00 02 4F 00 00 .....O..\n"
      "(131 msec)\n"
      "<= 6A 88 j.\n"
      "Status: Reference data not found\n");
  EXPECT_THAT(
      log.lines(),
      ElementsAre(
          "2: 8050000008E2C1716C160B5C9200 | 000023250046389018090301BF85B18554CFEF2BEA43F361FC686C4D9000",
          "7: 80F28000024F0000 | 6A88"));
  EXPECT_EQ(log.exchanges.at(0).duration, std::chrono::microseconds(8301));
  EXPECT_EQ(log.exchanges.at(1).duration, std::chrono::milliseconds(131));
  EXPECT_EQ(log.summary.tool, "JCShell");
}

TEST(ImportLog, OpenscTool) {
  const auto log = import_text(
      "Using reader with a card: Reader 00 00\n"
      "Sending: 00 A4 04 00 00 \n"
      "Received (SW1=0x90, SW2=0x00):\n"
      "6F 10 84 08 A0 00 00 01 51 00 00 00 A5 04 9F 65 o.......Q......e\n"
      "01 FF                                           ..\n"
      "Sending: 80 CA 00 66 00 \n"
      "Received (SW1=0x6A, SW2=0x88)\n");
  EXPECT_THAT(log.lines(), ElementsAre("2: 00A4040000 | 6F108408A000000151000000A5049F6501FF9000",
                                       "6: 80CA006600 | 6A88"));
  EXPECT_EQ(log.summary.tool, "OpenSC");
  EXPECT_EQ(log.summary.not_understood, 0U);
}

TEST(ImportLog, OpenscDebugLog) {
  const auto log = import_text(
      "P:3044; T:0x139 17:46:26.524 [opensc-tool] reader-pcsc.c:324:pcsc_transmit: \n"
      "Outgoing APDU (20 bytes):\n"
      "00 22 C1 A4 0F 80 0A 04 00 7F 00 07 02 02 04 02 .\"..............\n"
      "02 83 01 03                                     ....\n"
      "P:3044; T:0x139 17:46:26.523 [opensc-tool] reader-pcsc.c:333:pcsc_transmit: \n"
      "Incoming APDU (2 bytes):\n"
      "90 00 ..\n");
  EXPECT_THAT(log.lines(), ElementsAre("2: 0022C1A40F800A04007F00070202040202830103 | 9000"));
}

TEST(ImportLog, PcscLiteWithoutItsFrames) {
  const auto log = import_text(
      "08034970 APDU: 00 A4 04 00 02 3F 00 \n"
      "00000012 [139741320026936] -> 000001 6F 07 00 00 00 00 0B 01 00 01 00 A4 04 00 02 3F 00 \n"
      "00039562 [139741320026936] <- 000001 80 02 00 00 00 00 0C 00 00 00 6D 00 \n"
      "00039562 SW: 6D 00 \n"
      "00001195 ifdhandler.c:1821:IFDHICCPresence() usb:1050/0407 (lun: 10000)\n"
      "00001195 [1397413] APDU: 00 CA DF 30 05 \n"
      "00012482 [1397413] SW: 01 02 03 04 05 90 00 \n");
  EXPECT_THAT(log.lines(), ElementsAre("1: 00A40400023F00 | 6D00", "6: 00CADF3005 | 01020304059000"));
  EXPECT_EQ(log.summary.tool, "pcsc-lite");
}

TEST(ImportLog, PysimHasTheStatusWordFirst) {
  const auto log = import_text(
      "pySIM-shell (00:MF)> apdu 80ca006600\n"
      "-> 80ca006600 \n"
      "<- 9000: 664c734a\n"
      "-> 8050300008 9bd6bf878fb8e99100\n"
      "<- 6a88: \n");
  EXPECT_THAT(log.lines(),
              ElementsAre("2: 80CA006600 | 664C734A9000", "4: 80503000089BD6BF878FB8E99100 | 6A88"));
}

TEST(ImportLog, ArrowsOfManyTools) {
  EXPECT_THAT(import_text("-> 80 CA 00 66 00\n<- 6A 88\n").lines(), ElementsAre("1: 80CA006600 | 6A88"));
  EXPECT_THAT(import_text("->  80 50 00 01 08 00 01 02 03 04 05 06 07 (00)\n"
                          "<-  4D 00 9C 84, 90 00   [Normal ending of the command.]\n")
                  .lines(),
              ElementsAre("1: 8050000108000102030405060700 | 4D009C849000"));
  EXPECT_THAT(import_text("> 00 A4 00 00 02 3F 00\n< 6A 82 : File not found.\n").lines(),
              ElementsAre("1: 00A40000023F00 | 6A82"));
  EXPECT_THAT(import_text("> 00 A4 00 00 02 3F 00\n<  6F 10 90 0 \n").lines(),
              ElementsAre("1: 00A40000023F00 | 6F109000"));
  EXPECT_THAT(import_text("> 00 A4 00 00 02 3F 00\n<  [] 61 5 \n").lines(),
              ElementsAre("1: 00A40000023F00 | 6105"));
  EXPECT_THAT(import_text(">> 80CA006600\n<< 6A88\n").lines(), ElementsAre("1: 80CA006600 | 6A88"));
  EXPECT_THAT(import_text("12:01:07.123 >> 80CA006600\n12:01:07.140 << 6A88\n").lines(),
              ElementsAre("1: 80CA006600 | 6A88"));
  EXPECT_THAT(import_text(">> 80:CA:00:66:00\n<< 6A:88\n").lines(), ElementsAre("1: 80CA006600 | 6A88"));
  EXPECT_THAT(import_text("80CA006600 -> 6A88\n").lines(), ElementsAre("1: 80CA006600 | 6A88"));
  EXPECT_THAT(import_text("\xE2\x86\x92 80CA006600\n\xE2\x86\x90 6A88\n").lines(),
              ElementsAre("1: 80CA006600 | 6A88"));
  EXPECT_THAT(import_text("&gt; 80CA006600\n&lt; 6A88\n").lines(), ElementsAre("1: 80CA006600 | 6A88"));
}

// scriptor breaks an answer after 16 bytes.
TEST(ImportLog, ScriptorsAnswerInRows) {
  const std::string command = "> 80 50 00 00 08 11 D0 3C EE B0 5E D3 34 00\n";
  const std::string wire = "1: 805000000811D03CEEB05ED33400 | ";
  const std::string row = "< 00 00 71 15 00 17 31 91 17 02 FF 02 00 03 AD 66\n";
  EXPECT_THAT(
      import_text(command + row + "9A 47 9C 52 DD 12 84 24 7B EC 64 ED 90 00 : Normal processing.\n").lines(),
      ElementsAre(wire + "00007115001731911702FF020003AD669A479C52DD1284247BEC64ED9000"));
  EXPECT_THAT(import_text(command + row +
                          "9A 47 9C 52 DD 12 84 24 7B EC 64 ED 90 00 11 22 \n"
                          "90 00 : Normal processing.\n"
                          "01 02\n")
                  .lines(),
              ElementsAre(wire + "00007115001731911702FF020003AD669A479C52DD1284247BEC64ED900011229000"));
  const std::string whole = "< 00 00 71 15 00 17 31 91 17 02 FF 02 00 03 90 00\n";
  EXPECT_THAT(import_text(command + whole + ": Normal processing.\n").lines(),
              ElementsAre(wire + "00007115001731911702FF0200039000"));
  EXPECT_THAT(import_text(command + whole + "12 34\n").lines(),
              ElementsAre(wire + "00007115001731911702FF0200039000"));
  EXPECT_THAT(import_text(command + whole + "61 05 : 5 bytes more.\n").lines(),
              ElementsAre(wire + "00007115001731911702FF02000390006105"));
}

TEST(ImportLog, StatusWordApartFromItsData) {
  for (const auto* answer :
       {"<- 4502CAFE [9000]", "<- 4502CAFE[9000]", "<- 4502CAFE SW=9000", "<- 4502CAFE, SW: 9000",
        "<- 4502CAFE (SW=0x9000)", "<- 45 02 CA FE SW: 0x9000", "<- 4502CAFE SW1SW2: 90 00 (Success)",
        "<- 4502CAFE9000 [9000]", "<- 4502CAFE9000 (12 ms)", "<- 45 02 CA FE 90 00 [12.5 ms]",
        "Response: 45 02 CA FE SW: 0x9000", "<- 4502CAFE\nSW: 90 00", "<- 4502CAFE\nSW=0x9000",
        "Response: 4502CAFE\nSW1 SW2: 90 00", "<- 4502CAFE9000\nSW: 9000",
        "<- 4502CAFE\n12:00:01 Status: 9000"}) {
    const auto log = import_text(std::string("-> 80CA004500\n") + answer + "\n");
    EXPECT_THAT(log.lines(), ElementsAre("1: 80CA004500 | 4502CAFE9000")) << answer;
    EXPECT_EQ(log.summary.not_understood, 0U) << answer;
  }
  for (const auto* answer :
       {"<- SW=6A88", "<- [6A88]", "SW: 6A88", "SW=0x6A88", "SW1 SW2: 6A 88", "<- 6A88 (3 ms)"}) {
    EXPECT_THAT(import_text(std::string("-> 80CA004500\n") + answer + "\n").lines(),
                ElementsAre("1: 80CA004500 | 6A88"))
        << answer;
  }
}

TEST(ImportLog, WhatHasNoStatusWordIsNoAnswer) {
  for (const auto* answer :
       {"<- 4502CAFE", "<- 45 02 CA FE 90 00 12 ms", "<- 6F10... [9000]", "<- 90 00 01"}) {
    const auto log = import_text(std::string("-> 80CA004500\n") + answer + "\n");
    EXPECT_THAT(log.lines(), ElementsAre("1: 80CA004500 | ")) << answer;
    EXPECT_EQ(log.summary.not_understood, 1U) << answer;
  }
}

TEST(ImportLog, Labels) {
  EXPECT_THAT(
      import_text("[ATR] 3B6800000073C84000009000\n[SEND]: 80CA006600\n[RESP]: 6a88\n52 ms\n").lines(),
      ElementsAre("2: 80CA006600 | 6A88"));
  EXPECT_THAT(import_text("C-APDU: 80 CA 00 66 00\nR-APDU: 6A 88\n").lines(),
              ElementsAre("1: 80CA006600 | 6A88"));
  EXPECT_THAT(import_text("Send: 0x80 0xCA 0x00 0x66 0x00\nRecv: 0x6A 0x88\n").lines(),
              ElementsAre("1: 80CA006600 | 6A88"));
}

TEST(ImportLog, DumpsBelowALineThatSaysTheDirection) {
  EXPECT_THAT(import_text("smCom :DEBUG:Tx> (Len=20)\n"
                          "        84 82 33 00    10 EA E9 72    7A 80 E0 C4    ED 6F D4 D7\n"
                          "        96 18 9B FA\n"
                          "smCom :DEBUG:Rx< (Len=2)\n"
                          "        90 00\n")
                  .lines(),
              ElementsAre("1: 8482330010EAE9727A80E0C4ED6FD4D796189BFA | 9000"));
  EXPECT_THAT(import_text("APDU Tx:\n"
                          "0000: 80 50 00 00 08 01 02 03 04 05 06 07 08 00        |.P............|\n"
                          "APDU Rx:\n"
                          "0000: 00 00 03 46 02 06 14 09 00 44 01 03 60 DF 5B F9  |...F.....D..`.[.|\n"
                          "0010: 6A 88                                            |j.|\n")
                  .lines(),
              ElementsAre("1: 8050000008010203040506070800 | 00000346020614090044010360DF5BF96A88"));
}

TEST(ImportLog, AnyTextAsTheLastResort) {
  const auto log = import_text(
      "2018-06-21 01:29:25,00 A4 00 0C 02 3F FF \n"
      "2018-06-21 01:29:25,90 00 \n"
      "2018-06-21 01:29:25,80 CA 00 66 00 \n"
      "2018-06-21 01:29:25,6A 88 \n");
  EXPECT_THAT(log.lines(), ElementsAre("1: 00A4000C023FFF | 9000", "3: 80CA006600 | 6A88"));
  EXPECT_EQ(log.summary.tool, "");
}

TEST(ImportLog, FormatsMayBeMixedInProse) {
  const auto log = import_text(
      "I tried this with GPShell:\n"
      "Command --> 80CA006600\nWrapped command --> 80CA006600\nResponse <-- 6A88\n"
      "and then with gp, which says:\n"
      "A>> T=1 (4+0000) 80CA0042 00\nA<< (0000+2) (2ms) 6A86\n"
      "Card added -> dead end. Any idea? > 5 people asked\n");
  EXPECT_THAT(log.lines(), ElementsAre("3: 80CA006600 | 6A88", "6: 80CA004200 | 6A86"));
  EXPECT_EQ(log.summary.tool, "GPShell");
}

TEST(ImportLog, LinesThatLostTheirEnds) {
  const auto log = import_text(
      "open_sc -security 1 Command --> 80CA006600 Wrapped command --> 80CA006600 Response <-- 6A88 delete() "
      "Command --> 80CA004200 Response <-- 420101 9000 Unwrapped response <-- 4201019000\n");
  EXPECT_THAT(log.lines(), ElementsAre("1: 80CA006600 | 6A88", "1: 80CA004200 | 4201019000"));
}

TEST(ImportLog, TextOfTwoBytesALetter) {
  std::string wide = "\xFF\xFE";
  for (const char c : std::string_view("> 80CA006600\r\n< 6A88\r\n")) wide += std::string{c, '\0'};
  EXPECT_THAT(import_text(wide).lines(), ElementsAre("1: 80CA006600 | 6A88"));
}

TEST(ImportLog, QuotedAndRemarkedOn) {
  EXPECT_THAT(import_text("> Command --> 80CA006600\n"
                          "> Wrapped command --> 80CA006600 // what is this?\n"
                          "> Response <-- 6A88 (not found)\n")
                  .lines(),
              ElementsAre("2: 80CA006600 | 6A88"));
}

TEST(ImportLog, CommandWrittenTwiceIsOne) {
  EXPECT_THAT(import_text("Sending: 80 CA 00 66 00 \nOutgoing APDU (5 bytes):\n80 CA 00 66 00 ...f.\n"
                          "Incoming APDU (2 bytes):\n6A 88 j.\nReceived (SW1=0x6A, SW2=0x88)\n")
                  .lines(),
              ElementsAre("1: 80CA006600 | 6A88"));
}

TEST(ImportLog, CutEntryIsCountedWithItsPlace) {
  const auto log = import_text("> 80CA006600\n< 6A8\n> 80CA00420\n> 80CA00E000\n< 6A88\n");
  ASSERT_TRUE(log.summary.cut);
  EXPECT_EQ(log.summary.cut->line, 2U);
  EXPECT_EQ(log.summary.cut->digits, 3U);
  EXPECT_EQ(log.summary.not_understood, 2U);
  EXPECT_THAT(log.lines(), ElementsAre("1: 80CA006600 | ", "4: 80CA00E000 | 6A88"));
}

TEST(ImportLog, FewerBytesThanTheLogSaysAreACutEntry) {
  const auto line = import_text(
      "A>> T=1 (4+0000) 80CA0066 00\nA<< (0004+2) (45ms) 66028400 90\nA>> T=1 (4+0000) 80CA0042 00\n"
      "A<< (0000+2) (3ms) 6A88\n");
  ASSERT_TRUE(line.summary.cut);
  EXPECT_EQ(line.summary.cut->line, 2U);
  EXPECT_EQ(line.summary.cut->stated, 6U);
  EXPECT_EQ(line.summary.not_understood, 1U);
  EXPECT_THAT(line.lines(), ElementsAre("1: 80CA006600 | ", "3: 80CA004200 | 6A88"));

  const auto dump = import_text(
      "Outgoing APDU (5 bytes):\n80 CA 00 66 00 ...f.\n"
      "Incoming APDU (20 bytes):\n66 10 73 0E 06 0C 2A 86 48 86 FC 6B 01 02 02 02 f.s...*.H..k....\n"
      "Outgoing APDU (5 bytes):\n80 CA 00 42 00 ...B.\n");
  ASSERT_TRUE(dump.summary.cut);
  EXPECT_EQ(dump.summary.cut->line, 3U);
  EXPECT_EQ(dump.summary.cut->digits, 32U);
  EXPECT_THAT(dump.lines(), ElementsAre("1: 80CA006600 | ", "5: 80CA004200 | "));

  const auto command = import_text("A>> T=1 (4+0008) 80500000 08 0102030405 00\nA<< (0000+2) (3ms) 6A88\n");
  ASSERT_TRUE(command.summary.cut);
  EXPECT_EQ(command.summary.cut->line, 1U);
  EXPECT_THAT(command.lines(), IsEmpty());
}

TEST(ImportLog, NothingInNothing) {
  for (const auto* text : {"", "\n", "prose alone\n", "\xFF\xFE\x00"}) {
    const auto log = import_text(text);
    EXPECT_THAT(log.lines(), IsEmpty());
    EXPECT_EQ(log.summary.tool, "");
  }
}

// Those behind pySim are forms, not tools.
TEST(ImportLog, AdviceNamesEveryTool) {
  for (const auto& format : kLogFormats) {
    EXPECT_NE(kLogsThatAreRead.find(format.name), std::string_view::npos) << format.name;
    if (format.name == "pySim") return;
  }
  FAIL() << "pySim is gone";
}

TEST(ImportLog, ALineOfManyEntriesIsGoneThroughOnce) {
  constexpr std::size_t kExchanges = 30000;
  std::string text;
  for (std::size_t i = 0; i < kExchanges; ++i) text += "Command --> 80CA006600 Response <-- 9000 ";
  const auto log = import_text(text + "\n");
  EXPECT_EQ(log.summary.exchanges, kExchanges);
  EXPECT_EQ(log.summary.not_understood, 0U);
}

}  // namespace
}  // namespace gpsh::sessions
