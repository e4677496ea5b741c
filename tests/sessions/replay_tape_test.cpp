// SPDX-License-Identifier: Apache-2.0
#include "sessions/replay_tape.h"

#include <gtest/gtest.h>

#include "core/error.h"
#include "tests/support/thrown_error.h"

namespace gpsh::sessions {
namespace {

using test::thrown_error;

LoggedExchange exchange(std::string_view command, std::string_view answer, std::size_t line) {
  return {.plain_command = {}, .wire_command = hex(command), .wire_response = hex(answer), .line = line};
}

TEST(ReplayTape, AnswersInOrder) {
  ReplayTape tape("a.log", {exchange("80CA006600", "6A88", 3), exchange("80CA006600", "9000", 9)});
  EXPECT_EQ(to_hex(tape.answer(hex("80CA006600"))), "6A88");
  EXPECT_EQ(to_hex(tape.answer(hex("80CA006600"))), "9000");
  EXPECT_FALSE(tape.leftover().has_value());
}

TEST(ReplayTape, StaysWhereAnotherCommandIsNextAndGivesNothingMore) {
  ReplayTape tape("a.log", {exchange("80CA006600", "6A88", 3)});
  const auto first = thrown_error([&] { return tape.answer(hex("80CA004200")); });
  EXPECT_EQ(first.code, "replay-mismatch");
  EXPECT_EQ(tape.leftover()->count, 1U);
  EXPECT_EQ(thrown_error([&] { return tape.answer(hex("80CA006600")); }).message, first.message);
  EXPECT_EQ(thrown_error([&] { return tape.host_challenge(8); }).message, first.message);
}

TEST(ReplayTape, NothingIsLeftAtTheEnd) {
  ReplayTape tape("a.log", {exchange("80CA006600", "6A88", 3)});
  static_cast<void>(tape.answer(hex("80CA006600")));
  const auto facts = thrown_error([&] { return tape.answer(hex("80CA004200")); });
  EXPECT_EQ(facts.kind, ErrorKind::card);
  EXPECT_EQ(facts.code, "replay-end");
  EXPECT_EQ(facts.message,
            "the recording has no further exchange: a.log ends after 1, the script goes on with GET DATA "
            "0042 (issuer "
            "identification number): CLA 80 INS CA P1 00 P2 42, no data, Le 256");
  EXPECT_EQ(facts.advice, "replay the script that made this recording, or record it anew");
  EXPECT_EQ(facts.exchange->command, "GET DATA 0042 (issuer identification number)");
}

TEST(ReplayTape, CommandWithoutRecordedAnswer) {
  ReplayTape tape("a.log", {exchange("80CA006600", "", 3), exchange("80CA004200", "9000", 5)});
  const auto facts = thrown_error([&] { return tape.answer(hex("80CA006600")); });
  EXPECT_EQ(facts.kind, ErrorKind::reader);
  EXPECT_EQ(facts.code, "replay-no-answer");
  EXPECT_EQ(facts.message, "the recording has no answer to the command in line 3 of a.log");
  EXPECT_EQ(facts.advice, "the card or reader failed there when it was recorded, or the log was cut");
  EXPECT_EQ(to_hex(tape.answer(hex("80CA004200"))), "9000");
}

TEST(ReplayTape, LeftoverNamesTheFirst) {
  ReplayTape tape("a.log", {exchange("80CA006600", "6A88", 3), exchange("80CA004200", "9000", 7),
                            exchange("80CA004500", "9000", 11)});
  static_cast<void>(tape.answer(hex("80CA006600")));
  const auto leftover = tape.leftover();
  ASSERT_TRUE(leftover.has_value());
  EXPECT_EQ(leftover->count, 2U);
  EXPECT_EQ(leftover->first.line, 7U);
  EXPECT_EQ(to_hex(leftover->first.wire_command), "80CA004200");
}

TEST(ReplayTape, LeThatALogLeavesOutIsToldOnce) {
  ReplayTape tape("a.log", {exchange("84E60C0001AA", "9000", 3), exchange("84E60C0001BB", "9000", 5)});
  static_cast<void>(tape.answer(hex("84E60C0001AA00")));
  const auto remark = tape.take_remark();
  ASSERT_TRUE(remark.has_value());
  EXPECT_EQ(remark->code, "replay-le");
  EXPECT_EQ(
      remark->text,
      "INSTALL [for install and make selectable] in line 3 of a.log has no Le, the script's command has "
      "Le 00: taken for the same, here and later");
  static_cast<void>(tape.answer(hex("84E60C0001BB00")));
  EXPECT_FALSE(tape.take_remark().has_value());
}

TEST(ReplayTape, OnlyALeOf00AndOnlyOfALogIsPassedOver) {
  ReplayTape other_le("a.log", {exchange("84E60C0001AA", "9000", 3)});
  EXPECT_EQ(thrown_error([&] { return other_le.answer(hex("84E60C0001AA01")); }).code, "replay-mismatch");
  ReplayTape data("a.log", {exchange("84E60C0001AA", "9000", 3)});
  EXPECT_EQ(thrown_error([&] { return data.answer(hex("84E60C0002AA00")); }).code, "replay-mismatch");
  Recording recording;
  recording.events = {{.line = 2, .what = RecordedExchange{.apdus = exchange("84E60C0001AA", "9000", 2)}}};
  ReplayTape strict("a.jsonl", recording, ReplayTape::Events::of_the_card);
  EXPECT_EQ(thrown_error([&] { return strict.answer(hex("84E60C0001AA00")); }).code, "replay-mismatch");
  recording.header.imported_from = "GPShell";
  ReplayTape imported("a.jsonl", recording, ReplayTape::Events::of_the_card);
  EXPECT_EQ(to_hex(imported.answer(hex("84E60C0001AA00"))), "9000");
}

TEST(ReplayTape, EmptyTapeHasNothing) {
  ReplayTape tape("a.log", {});
  EXPECT_FALSE(tape.leftover().has_value());
  EXPECT_EQ(thrown_error([&] { return tape.answer(hex("80CA0066")); }).code, "replay-end");
}

TEST(ReplayTapeHostChallenge, IsThatOfTheNextInitializeUpdate) {
  ReplayTape tape("a.log", {exchange("80500000080102030405060708", "6700", 3),
                            exchange("8050000010"
                                     "0102030405060708090A0B0C0D0E0F1000",
                                     "9000", 5)});
  EXPECT_EQ(to_hex(tape.host_challenge(8)), "0102030405060708");
  EXPECT_EQ(to_hex(tape.host_challenge(8)), "0102030405060708");
  static_cast<void>(tape.answer(hex("80500000080102030405060708")));
  EXPECT_EQ(to_hex(tape.host_challenge(16)), "0102030405060708090A0B0C0D0E0F10");
}

TEST(ReplayTapeHostChallenge, PassesOverOtherCommands) {
  ReplayTape tape("a.log",
                  {exchange("00A4040001A0", "9000", 2), exchange("0050000001AA", "9000", 3),
                   exchange("80CA", "9000", 4), exchange("815020000811121314151617180 0", "9000", 5)});
  EXPECT_EQ(to_hex(tape.host_challenge(8)), "1112131415161718");
}

TEST(ReplayTapeHostChallenge, NoFurtherChannelInTheLog) {
  ReplayTape tape("a.log", {exchange("00A4040001A0", "9000", 2)});
  const auto facts = thrown_error([&] { return tape.host_challenge(8); });
  EXPECT_EQ(facts.kind, ErrorKind::card);
  EXPECT_EQ(facts.code, "replay-end");
  EXPECT_EQ(facts.message,
            "the recording has no further INITIALIZE UPDATE: a.log holds no host challenge for this channel");
}

TEST(ReplayTapeHostChallenge, AnotherLengthThanWanted) {
  ReplayTape tape("a.log", {exchange("8050000008010203040506070800", "9000", 6)});
  const auto facts = thrown_error([&] { return tape.host_challenge(16); });
  EXPECT_EQ(facts.code, "replay-mismatch");
  EXPECT_EQ(
      facts.message,
      "the script wants a host challenge of 16 bytes, INITIALIZE UPDATE in line 6 of a.log has one of 8");
  EXPECT_EQ(facts.advice, "give open_sc the -scp and -scpimpl of the recording");
}

}  // namespace
}  // namespace gpsh::sessions
