// SPDX-License-Identifier: Apache-2.0
#include "sessions/session_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sessions/log_text.h"
#include "tests/sessions/channel_log.h"
#include "tests/sessions/report_logs.h"
#include "tests/support/thrown_error.h"

namespace gpsh::sessions {
namespace {

using test::ChannelLog;
using test::recorded;
using test::recording_of;
using test::report_of;
using testing::ElementsAre;
using testing::IsEmpty;

const CommandApdu kGetStatus{
    .cla = 0x80, .ins = 0xF2, .p1 = 0x40, .p2 = 0x02, .data = hex("4F00"), .le = 256};

const ReportedExchange& exchange_at(const SessionReport& report, std::size_t at) {
  return std::get<ReportedExchange>(report.entries.at(at));
}

const ReportedCommand& command_at(const SessionReport& report, std::size_t at) {
  return std::get<ReportedCommand>(report.entries.at(at));
}

TEST(SessionReport, CommandsOfARecordingStandBeforeTheirExchanges) {
  const auto report = report_of(
      recording_of({RecordedCommand{.script_line = 1, .text = "card_connect"}, RecordedResult{},
                    RecordedCommand{.script_line = 2, .text = "select"}, recorded("00A4040000", "9000"),
                    RecordedResult{}, RecordedEnd{.exit_code = 0}}));
  ASSERT_EQ(report.entries.size(), 3U);
  EXPECT_EQ(command_at(report, 0).text, "card_connect");
  EXPECT_EQ(command_at(report, 1).script_line, 2U);
  EXPECT_EQ(command_at(report, 1).result, RecordedResult{});
  EXPECT_EQ(exchange_at(report, 2).explained.name, "SELECT");
  EXPECT_EQ(report.exit_code, 0);
  EXPECT_TRUE(report.ended);
  ASSERT_EQ(report.cards.size(), 1U);
  EXPECT_EQ(report.cards[0].reader, "Reader 00");
  EXPECT_THAT(problems_of(report), IsEmpty());
}

TEST(SessionReport, EveryApduIsCountedAndBelongsToItsExchange) {
  const auto report = report_of("> 00A4040000\n< 6103\n> 00C0000003\n< 6F01009000\n> 80CA9F7F00\n< 6A88\n");
  ASSERT_EQ(report.entries.size(), 2U);
  EXPECT_EQ(exchange_at(report, 0).cost, (WireCost{.apdus = 2, .sent = 10, .received = 7}));
  EXPECT_EQ(exchange_at(report, 1).cost, (WireCost{.apdus = 1, .sent = 5, .received = 2}));
  EXPECT_EQ(report.cost, (WireCost{.apdus = 3, .sent = 15, .received = 9}));
  EXPECT_EQ(report.duration, std::nullopt);
}

TEST(SessionReport, ALogThatIsTooLong) {
  const auto error = test::thrown_error([] { return report_of(std::string(kMaxLogText + 1, '\n')); });
  EXPECT_EQ(error.code, "unreadable-log");
  EXPECT_EQ(error.message, "a.log has more than 64 MiB");
  EXPECT_EQ(error.advice, "gpsh verify, explain and import read logs of any size");
}

TEST(SessionReport, TimesAreSummed) {
  const auto report =
      report_of(recording_of({recorded("00A4040000", "9000", 70), recorded("80CA9F7F00", "6A88", 30)}));
  EXPECT_EQ(report.duration, std::chrono::microseconds(100));
}

TEST(SessionReport, APlainCommandIsThereBesideTheWireForm) {
  ChannelLog log({.level = 0x03});
  log.command(kGetStatus, "E3134F08A0000000031010109F700107C503000000 9000");
  const auto report = report_of(log.text());
  const auto& apdus = exchange_at(report, 2).explained.apdus;
  EXPECT_EQ(apdus.plain_command.bytes, kGetStatus.encode());
  EXPECT_EQ(apdus.wire_command.bytes.at(0), 0x84);
  EXPECT_EQ(apdus.plain_response, ShownApdu{});
  ASSERT_EQ(report.channels.size(), 1U);
  EXPECT_EQ(report.channels[0].commands, (Tally{.total = 1, .verified = 1}));
}

TEST(SessionReport, SecretsAreNotInTheBytesEither) {
  const std::string key = "DEADBEEF0102030405060708090A0B0C";
  for (const auto level : {std::uint8_t{0x01}, std::uint8_t{0x03}}) {
    ChannelLog log({.level = level});
    log.command({.cla = 0x80, .ins = 0xD8, .p2 = 0x81, .data = hex("208010" + key + "03112233"), .le = 256},
                "20112233 9000");
    log.command({.cla = 0x80, .ins = 0xE2, .p1 = 0xE0, .data = hex("DEADBEEF0102030405060708")},
                "DEADBEEF 9000");
    log.command({.cla = 0x80, .ins = 0x20, .p2 = 0x80, .data = hex("DEADBEEF")});
    const auto report = report_of(log.text());
    ASSERT_EQ(report.entries.size(), 5U);
    for (const std::size_t at : {2U, 3U, 4U}) {
      const auto& apdus = exchange_at(report, at).explained.apdus;
      EXPECT_GT(apdus.wire_command.hidden, 0U) << at;
      EXPECT_EQ(apdus.wire_command.bytes.size(), 5U) << at;
      EXPECT_GT(apdus.plain_command.hidden, 0U) << at;
      EXPECT_EQ(apdus.plain_command.bytes.size(), 5U) << at;
    }
    EXPECT_EQ(exchange_at(report, 2).explained.apdus.wire_response.bytes, hex("201122339000"));
    EXPECT_EQ(exchange_at(report, 3).explained.apdus.wire_response,
              (ShownApdu{.hidden = 4, .rest = hex("9000")}));
  }
}

TEST(SessionReport, StoreDataThatMayBeEncryptedIsNotInTheBytes) {
  const CommandApdu store{.cla = 0x80, .ins = 0xE2, .p1 = 0x88, .data = hex("010104DEADBEEF")};
  ChannelLog encrypted({.level = 0x03});
  encrypted.command(store);
  EXPECT_EQ(exchange_at(report_of(encrypted.text()), 2).explained.apdus.plain_command.hidden, 7U);
  ChannelLog clear({.level = 0x01});
  clear.command(store);
  EXPECT_EQ(exchange_at(report_of(clear.text()), 2).explained.apdus.plain_command.bytes, store.encode());
}

TEST(SessionReport, OfADamagedCommandOnlyTheHeaderIsSeen) {
  const auto report = report_of("> 80D8008111208010DEADBEEF\n< 6700\n> 00A4040000\n< 9000\n");
  EXPECT_EQ(exchange_at(report, 0).explained.apdus.wire_command,
            (ShownApdu{.bytes = hex("80D80081"), .hidden = 8}));
}

TEST(SessionReport, ALogWithoutExchangeIsRefused) {
  EXPECT_EQ(test::thrown_error([] { return report_of("nothing here\n"); }).code, "empty-log");
}

/// The problem with its entry, in one line each.
std::vector<std::string> problem_lines(const SessionReport& report) {
  constexpr std::array kWords = {"wrong", "failed", "refused", "remark", "passed"};
  std::vector<std::string> lines;
  for (const auto& problem : problems_of(report)) {
    auto line = std::string(kWords.at(static_cast<std::size_t>(problem.kind)));
    if (problem.entry) line += " " + std::to_string(*problem.entry);
    line += ": " + problem.title;
    if (!problem.text.empty()) line += " / " + problem.text.front();
    lines.push_back(line);
  }
  return lines;
}

TEST(ReportProblems, WrongMacsComeFirst) {
  ChannelLog log({});
  log.command({.cla = 0x80, .ins = 0xE4, .data = hex("4F05A000000001")}, "6A88");
  log.command(kGetStatus);
  auto& wire = log.lines().at(6);
  wire[wire.size() - 3] = wire[wire.size() - 3] == '0' ? '1' : '0';
  EXPECT_THAT(problem_lines(report_of(log.text())),
              ElementsAre("wrong 3: GET STATUS (applications): the C-MAC is wrong under every variant",
                          "refused 2: DELETE: 6A88 / referenced data not found"));
}

TEST(ReportProblems, AFailureIsToldOnceWithItsExchange) {
  const auto report = report_of(recording_of(
      {RecordedCommand{.script_line = 7, .text = "delete -AID A000000001"},
       recorded("80E40000074F05A000000001", "6A80"),
       RecordedResult{.code = "card-status", .sw = StatusWord(0x6A80)}, RecordedEnd{.exit_code = 1}}));
  EXPECT_THAT(
      problem_lines(report),
      ElementsAre("failed 1: line 7, delete failed: DELETE: 6A80 / wrong values in the command data"));
}

TEST(ReportProblems, AFailureWithoutExchangeNamesItsCode) {
  const auto report = report_of(recording_of(
      {RecordedCommand{.script_line = 2, .text = "open_sc -key <hidden>"},
       RecordedResult{.code = "card-cryptogram", .sw = std::nullopt}, RecordedEnd{.exit_code = 1}}));
  EXPECT_THAT(problem_lines(report),
              ElementsAre("failed 0: line 2, open_sc failed / error code card-cryptogram"));
}

TEST(ReportProblems, WhatTheScriptTookIsNoFailure) {
  const auto report = report_of(recording_of(
      {RecordedCommand{.script_line = 1, .text = "open_sc"}, recorded("80CA006600", "6A88"), RecordedResult{},
       RecordedCommand{.script_line = 2, .text = "delete"}, recorded("80E40000024F00", "6A88"),
       RecordedResult{.code = "card-status", .sw = StatusWord(0x6A88)}, RecordedEnd{.exit_code = 0}}));
  EXPECT_THAT(problem_lines(report),
              ElementsAre("passed 1: GET DATA 0066 (card data): 6A88 / referenced data not found",
                          "passed 3: line 2, delete failed: DELETE: 6A88 / referenced data not found"));
}

TEST(ReportProblems, AskingForWhatACardNeedNotHaveIsHarmless) {
  EXPECT_THAT(
      problem_lines(report_of("> 80CA004200\n< 6A88\n> 80F24000024F00\n< 6A88\n> 80CA004200\n< 6982\n")),
      ElementsAre("refused 2: GET DATA 0042 (issuer identification number): 6982 / "
                  "security status not satisfied",
                  "passed 0: GET DATA 0042 (issuer identification number): 6A88 / referenced data not found",
                  "passed 1: GET STATUS (applications): 6A88 / referenced data not found"));
}

TEST(ReportProblems, ARunWithoutEnd) {
  const auto report = report_of(recording_of({recorded("00A4040000", "9000")}));
  EXPECT_FALSE(report.ended);
  EXPECT_THAT(problem_lines(report),
              ElementsAre("failed: the run was ended from outside: the recording has no end / "
                          "what was exchanged until then is here"));
}

TEST(ReportProblems, AReaderThatFails) {
  RecordedFailure removed{.code = "card-removed"};
  removed.facts.kind = ErrorKind::reader;
  removed.facts.message = "the card was removed";
  removed.facts.advice = "put it back";
  auto unanswered = recorded("00A4040000", "");
  unanswered.failure = removed;
  const auto report =
      report_of(recording_of({RecordedCallFailure{.call = CardCall::connect, .failure = removed}, unanswered,
                              RecordedEnd{.exit_code = 3}}));
  EXPECT_THAT(problem_lines(report),
              ElementsAre("failed 0: the card was removed / put it back", "failed 1: SELECT / no answer",
                          "failed 2: the card was removed / put it back"));
}

TEST(ReportProblems, KeysThatAreNotKnownAreNoWrongCryptogram) {
  ChannelLog log({.key = hex("0102030405060708090A0B0C0D0E0F10")});
  EXPECT_THAT(
      problem_lines(report_of(log.text())),
      ElementsAre("remark: the channel of line 1 could not be verified: none of the known keys fits / "
                  "give the card's keys with --key, or --enc and --mac"));
}

TEST(ReportProblems, AnAnswerToIdentifyIsGood) {
  const auto report =
      report_of("> 00A4040009A000000167413000FF\n< 0000000000000000000000000000000100006A82\n");
  EXPECT_THAT(problem_lines(report), IsEmpty());
  EXPECT_EQ(answer_kind(exchange_at(report, 0).explained), AnswerKind::good);
}

}  // namespace
}  // namespace gpsh::sessions
