// SPDX-License-Identifier: Apache-2.0
#include "sessions/replay_judge.h"

#include <gtest/gtest.h>

#include "sessions/replay_access.h"
#include "sessions/replay_ledger.h"
#include "tests/support/collecting_observer.h"
#include "tests/support/thrown_error.h"

namespace gpsh::sessions {
namespace {

using test::thrown_error;

constexpr auto kAnew = "if this is what the script is to do now, record it anew";

RecordedHappening exchange(std::string_view command, std::string_view answer) {
  return RecordedExchange{
      .apdus = {.plain_command = {}, .wire_command = hex(command), .wire_response = hex(answer)}};
}

/// A replay of these events, lines numbered from 2.
struct Replay {
  explicit Replay(std::vector<RecordedHappening> events) {
    Recording recording;
    for (auto& event : events)
      recording.events.push_back({.line = recording.events.size() + 2, .what = std::move(event)});
    tape = std::make_shared<ReplayTape>("a.jsonl", std::move(recording), ReplayTape::Events::all);
    judge = std::make_unique<ReplayJudge>(tape);
  }

  /// The first difference of what `action` does.
  template <typename Action>
  ErrorFacts difference(Action&& action) {
    return thrown_error([&] {
      action(*judge);
      return 0;
    });
  }

  std::shared_ptr<ReplayTape> tape;
  std::unique_ptr<ReplayJudge> judge;
};

const RecordedCommand kSelect{.script_line = 3, .text = "select"};

TEST(ReplayJudge, SameRunPasses) {
  Replay replay({kSelect, exchange("80CA006600", "039000"), RecordedUnwrapped{.response = hex("9000")},
                 RecordedResult{}, RecordedCommand{.script_line = 4, .text = "exit"},
                 RecordedResult{.code = "x", .sw = StatusWord(0x6A88)}, RecordedEnd{.exit_code = 1}});
  auto& judge = *replay.judge;
  judge.command_started({.line = 3, .text = "select"});
  judge.command(hex("80CA006600"), hex("80CA006600"), Framing::single);
  EXPECT_EQ(to_hex(replay.tape->answer(hex("80CA006600"))), "039000");
  judge.response(hex("039000"), Framing::single);
  judge.unwrapped(hex("9000"));
  judge.command_ended(nullptr);
  judge.command_started({.line = 4, .text = "exit"});
  EXPECT_EQ(judge.line(), 4U);
  const Error failed({.kind = ErrorKind::card,
                      .code = "x",
                      .message = "m",
                      .exchange = Exchange{.command = "c", .apdu = {}, .sw = StatusWord(0x6A88)}});
  judge.command_ended(&failed);
  judge.run_ended(1);
  EXPECT_FALSE(replay.tape->difference());
  EXPECT_EQ(replay.tape->next(), nullptr);
}

TEST(ReplayJudge, AnotherCommand) {
  Replay replay({kSelect});
  const auto facts =
      replay.difference([](auto& judge) { judge.command_started({.line = 4, .text = "select -AID A0"}); });
  EXPECT_EQ(facts.code, "replay-command");
  EXPECT_EQ(
      facts.message,
      "the script has \"select -AID A0\" in line 4, recorded is (a.jsonl, line 2) \"select\" in line 3");
  EXPECT_EQ(facts.advice, kAnew);
}

TEST(ReplayJudge, MoreCommands) {
  Replay replay({RecordedEnd{}});
  const auto facts =
      replay.difference([](auto& judge) { judge.command_started({.line = 4, .text = "select"}); });
  EXPECT_EQ(facts.code, "replay-command");
  EXPECT_EQ(facts.message,
            "the script goes on with \"select\" in line 4, the recorded run did not (a.jsonl, line 2)");
}

TEST(ReplayJudge, ResponseThatWasNotRecorded) {
  Replay replay({kSelect, RecordedResult{}, exchange("80CA004200", "9000")});
  replay.judge->command_started({.line = 3, .text = "select"});
  const auto facts = thrown_error([&] { return replay.tape->answer(hex("80CA006600")); });
  EXPECT_EQ(facts.code, "replay-end");
  EXPECT_EQ(
      facts.message,
      "the recording has no further exchange for this command (a.jsonl, line 3), the script goes on with GET "
      "DATA 0066 (card data): CLA 80 INS CA P1 00 P2 66, no data, Le 256");
}

TEST(ReplayJudge, LeftoverExchange) {
  Replay replay({kSelect, exchange("80CA006600", "9000"), exchange("80CA004200", "9000"), RecordedResult{}});
  replay.judge->command_started({.line = 3, .text = "select"});
  const auto facts = replay.difference([](auto& judge) { judge.command_ended(nullptr); });
  EXPECT_EQ(facts.code, "replay-leftover");
  EXPECT_EQ(facts.message,
            "2 recorded exchanges were not asked for, the first is (a.jsonl, line 3) GET DATA 0066 (card "
            "data): CLA "
            "80 INS CA P1 00 P2 66, no data, Le 256");
  EXPECT_EQ(facts.advice, "the script does less than when it was recorded; " + std::string(kAnew));
}

TEST(ReplayJudge, OneLeftoverAfterAFailure) {
  Replay replay({exchange("80CA006600", "9000"), RecordedResult{}});
  const Error failed({.kind = ErrorKind::security, .code = "card-cryptogram", .message = "it is wrong"});
  EXPECT_EQ(replay.difference([&](auto& judge) { judge.command_ended(&failed); }).message,
            "1 recorded exchange was not asked for: (a.jsonl, line 2) GET DATA 0066 (card data): CLA 80 INS "
            "CA P1 00 "
            "P2 66, no data, Le 256\n  the command failed with card-cryptogram: it is wrong");
}

TEST(ReplayJudge, AnotherResult) {
  Replay replay({RecordedResult{.code = "card-status", .sw = StatusWord(0x6A88)}});
  const auto facts = replay.difference([](auto& judge) { judge.command_ended(nullptr); });
  EXPECT_EQ(facts.code, "replay-result");
  EXPECT_EQ(facts.message,
            "the command ended well, recorded is (a.jsonl, line 2) that it failed with card-status (6A88)");
  Replay other({RecordedResult{}});
  const Error failed({.kind = ErrorKind::card, .code = "bad-response", .message = "the answer is too short"});
  EXPECT_EQ(other.difference([&](auto& judge) { judge.command_ended(&failed); }).message,
            "the command failed with bad-response, recorded is (a.jsonl, line 2) that it ended well: the "
            "answer is too "
            "short");
}

TEST(ReplayJudge, RecordingThatWasCut) {
  Replay replay({kSelect});
  replay.judge->command_started({.line = 3, .text = "select"});
  const auto facts = replay.difference([](auto& judge) { judge.command_ended(nullptr); });
  EXPECT_EQ(facts.code, "replay-incomplete");
  EXPECT_EQ(facts.message, "the command ended well, the recording has no result for it (the end of a.jsonl)");
  EXPECT_EQ(facts.advice, "the recorded run was ended from outside; record it anew");
  Replay without_end({});
  EXPECT_EQ(without_end.difference([](auto& judge) { judge.run_ended(0); }).code, "replay-incomplete");
  EXPECT_EQ(without_end.tape->difference()->facts().message,
            "the run ended with exit code 0, the recording has none (the end of a.jsonl)");
}

TEST(ReplayJudge, RecordingThatWasCutIsIncompleteWhateverComesNext) {
  const auto incomplete = [](const ErrorFacts& facts, std::string_view message) {
    EXPECT_EQ(facts.code, "replay-incomplete");
    EXPECT_EQ(facts.message, message);
    EXPECT_EQ(facts.advice, "the recorded run was ended from outside; record it anew");
  };
  incomplete(Replay({}).difference([](auto& judge) { judge.command_started({.line = 4, .text = "select"}); }),
             "the script goes on with \"select\" in line 4, the recording has no more (the end of a.jsonl)");
  const Replay answer({});
  incomplete(
      thrown_error([&] { return answer.tape->answer(hex("80CA006600")); }),
      "the recording has no further exchange: a.jsonl ends after 0, the script goes on with GET DATA 0066 "
      "(card data): CLA 80 INS CA P1 00 P2 66, no data, Le 256");
  const Replay connection({});
  incomplete(thrown_error([&] { return connection.tape->connect(); }),
             "the script connects to a card, the recording does not (the end of a.jsonl)");
  const Replay challenge({});
  incomplete(
      thrown_error([&] { return challenge.tape->host_challenge(8); }),
      "the recording has no further INITIALIZE UPDATE: a.jsonl holds no host challenge for this channel");
  Replay unwrapped({});
  unwrapped.judge->response(hex("01029000"), Framing::single);
  incomplete(unwrapped.difference([](auto& judge) { judge.unwrapped(hex("9000")); }),
             "the recording does not show the answer without secure messaging (the end of a.jsonl)");
}

TEST(ReplayJudge, WholeRecordingIsNotIncomplete) {
  Replay replay({RecordedEnd{}});
  replay.tape->advance();
  EXPECT_FALSE(replay.tape->is_cut_here());
  EXPECT_EQ(thrown_error([&] { return replay.tape->answer(hex("80CA006600")); }).code, "replay-end");
}

TEST(ReplayJudge, EndsEarlierOrOtherwise) {
  Replay replay({kSelect, RecordedEnd{}});
  EXPECT_EQ(replay.difference([](auto& judge) { judge.run_ended(0); }).message,
            "the script ends where the recorded run went on (a.jsonl, line 2)");
  Replay other({RecordedEnd{.exit_code = 3}});
  const auto facts = other.difference([](auto& judge) { judge.run_ended(1); });
  EXPECT_EQ(facts.code, "replay-exit");
  EXPECT_EQ(facts.message, "the exit code is 1, recorded is (a.jsonl, line 2) 3");
}

TEST(ReplayJudge, AnotherPlainForm) {
  Replay replay({RecordedExchange{.apdus = {.plain_command = hex("80CA006600"),
                                            .wire_command = hex("84CA0066081122334455667788"),
                                            .wire_response = hex("9000")}}});
  const auto facts = replay.difference([](auto& judge) {
    judge.command(hex("80CA004200"), hex("84CA0066081122334455667788"), Framing::single);
  });
  EXPECT_EQ(facts.code, "replay-mismatch");
  EXPECT_EQ(
      facts.message,
      "the command before secure messaging is another than recorded (a.jsonl, line 2)\n"
      "  script: GET DATA 0042 (issuer identification number): CLA 80 INS CA P1 00 P2 42, no data, Le 256\n"
      "  recorded: GET DATA 0066 (card data): CLA 80 INS CA P1 00 P2 66, no data, Le 256");
}

TEST(ReplayJudge, AnotherUnwrappedAnswer) {
  Replay replay({RecordedResult{}});
  replay.judge->response(hex("01029000"), Framing::single);
  const auto facts = replay.difference([](auto& judge) { judge.unwrapped(hex("9000")); });
  EXPECT_EQ(facts.message,
            "the answer after secure messaging is 9000, recorded is (a.jsonl, line 2) 01029000");
}

TEST(ReplayOfARecording, ConnectionsReadersAndFailuresComeAgain) {
  RecordedFailure removed{.code = "card-removed", .facts = {}};
  removed.facts.kind = ErrorKind::reader;
  removed.facts.message = "the card was removed";
  RecordedExchange unanswered{
      .apdus = {.plain_command = {}, .wire_command = hex("80CA006600"), .wire_response = {}},
      .failure = removed};
  const ConnectionInfo card{.reader = "R", .protocol = TransmissionProtocol::t0, .atr = hex("3B01")};
  Replay replay({RecordedCallFailure{.call = CardCall::establish_context, .failure = removed},
                 RecordedReaders{.readers = {{.name = "R", .atr = {}}}},
                 RecordedCallFailure{.call = CardCall::connect, .failure = removed},
                 RecordedConnection{.card = card}, unanswered,
                 RecordedCallFailure{.call = CardCall::transaction, .failure = removed}});
  ReplayAccess access(replay.tape);
  test::CollectingObserver observer;
  EXPECT_EQ(thrown_error([&] {
              access.establish_context();
              return 0;
            }).code,
            "card-removed");
  access.establish_context();
  EXPECT_EQ(access.list_readers().front().name, "R");
  EXPECT_EQ(thrown_error([&] { return access.connect({}, observer); }).message, "the card was removed");
  const auto connection = access.connect({}, observer);
  EXPECT_EQ(connection->describe().protocol, TransmissionProtocol::t0);
  EXPECT_EQ(to_hex(connection->describe().atr), "3B01");
  connection->reset();
  EXPECT_EQ(thrown_error([&] { return connection->transmit(hex("80CA006600")); }).kind, ErrorKind::reader);
  EXPECT_EQ(thrown_error([&] {
              connection->begin_transaction();
              return 0;
            }).code,
            "card-removed");
  const auto facts = thrown_error([&] { return access.connect({}, observer); });
  EXPECT_EQ(facts.code, "replay-incomplete");
  EXPECT_EQ(facts.message, "the script connects to a card, the recording does not (the end of a.jsonl)");
}

TEST(ReplayOfARecording, InterruptionComesAgain) {
  Replay replay({kSelect, RecordedResult{.code = "interrupted"}});
  EXPECT_FALSE(replay.tape->interrupted());
  replay.judge->command_started({.line = 3, .text = "select"});
  EXPECT_TRUE(replay.tape->interrupted());
}

TEST(ReplayOfARecording, LedgerAnswersAsItDid) {
  Replay replay({exchange("80CA9F7F00", "6A88"), RecordedResult{.code = "ledger-refused"}});
  ReplayLedger ledger(replay.tape);
  EXPECT_TRUE(ledger.has_open_attempts({}));
  EXPECT_TRUE(ledger.begin({}, gp::OverLimit::refuse).id);
  static_cast<void>(replay.tape->answer(hex("80CA9F7F00")));
  EXPECT_FALSE(ledger.has_open_attempts({}));
  EXPECT_FALSE(ledger.begin({}, gp::OverLimit::refuse).id);
  EXPECT_EQ(ledger.identify(1, {}), 3U);
}

TEST(ReplayOfARecording, WithoutJudgeOnlyTheCardCounts) {
  Recording recording;
  recording.events = {{.line = 2, .what = kSelect},
                      {.line = 3, .what = exchange("80CA006600", "9000")},
                      {.line = 4, .what = RecordedResult{}},
                      {.line = 5, .what = exchange("80CA004200", "6A88")},
                      {.line = 6, .what = RecordedEnd{}}};
  ReplayTape tape("a.jsonl", recording, ReplayTape::Events::of_the_card);
  EXPECT_EQ(to_hex(tape.answer(hex("80CA006600"))), "9000");
  EXPECT_EQ(to_hex(tape.answer(hex("80CA004200"))), "6A88");
  EXPECT_EQ(thrown_error([&] { return tape.answer(hex("80CA004500")); }).message,
            "the recording has no further exchange: a.jsonl ends after 2, the script goes on with GET DATA "
            "0045 (card "
            "image number): CLA 80 INS CA P1 00 P2 45, no data, Le 256");
}

}  // namespace
}  // namespace gpsh::sessions
