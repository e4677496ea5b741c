// SPDX-License-Identifier: Apache-2.0
// Who starts when, and what becomes of what each says; the runs are functions here, cards come in
// readers_on_cards_test.cpp. Where threads wait for each other, a test that does not end is one that fails.
#include "interpreter/run_on_readers.h"

#include <gmock/gmock.h>

#include <atomic>
#include <latch>
#include <stdexcept>

namespace gpsh::test {
namespace {

using interpreter::Authenticates;
using interpreter::OnWrongKey;
using interpreter::ReaderReport;
using interpreter::ReaderSeat;
using interpreter::ReaderStatus;
using interpreter::ReaderTask;
using interpreter::run_on_readers;
using interpreter::RunOutcome;
using ::testing::Each;
using ::testing::ElementsAre;

using RunOfTask = std::function<RunOutcome(const ReaderSeat&)>;

/// Readers 1, 2, ... with a card each.
std::vector<ReaderTask> tasks(std::vector<RunOfTask> runs) {
  std::vector<ReaderTask> all;
  for (auto& run : runs) {
    all.push_back({.reader = {.name = "Reader " + std::to_string(all.size() + 1), .atr = hex("3B00")},
                   .run = std::move(run)});
  }
  return all;
}

RunOutcome authenticate(const ReaderSeat& seat) {
  seat.gate.authenticated();
  seat.output.line("done");
  return {};
}

RunOutcome fail_authentication(const ReaderSeat& seat) {
  seat.gate.authentication_failed();
  return {.exit_code = 1};
}

std::vector<ReaderStatus> statuses(const std::vector<ReaderReport>& reports) {
  std::vector<ReaderStatus> all;
  for (const auto& report : reports) all.push_back(report.status);
  return all;
}

TEST(RunOnReaders, OthersRunBesideTheFirstOnceItHasAuthenticated) {
  std::latch others(2);
  std::atomic<int> started = 0;
  const auto other = [&](const ReaderSeat&) {
    ++started;
    others.arrive_and_wait();
    return RunOutcome{};
  };
  const auto first = [&](const ReaderSeat& seat) {
    EXPECT_EQ(started, 0);
    seat.gate.authenticated();
    others.wait();
    return RunOutcome{};
  };
  const auto reports = run_on_readers({.tasks = tasks({first, other, other})});
  EXPECT_THAT(statuses(reports), Each(ReaderStatus::good));
}

TEST(RunOnReaders, TellsInOrderAndEachWholly) {
  std::latch last_ended(1);
  const auto late = [&](const ReaderSeat& seat) {
    seat.output.raw("late ");
    last_ended.wait();
    seat.output.line("second");
    seat.diagnostics.print({.severity = Severity::note, .code = "x", .text = "noted"});
    return RunOutcome{};
  };
  const auto early = [&](const ReaderSeat& seat) {
    seat.output.line("third");
    last_ended.count_down();
    return RunOutcome{};
  };
  std::vector<std::string> told;
  const auto reports =
      run_on_readers({.tasks = tasks({authenticate, late, early}), .tell = [&](const ReaderReport& report) {
                        told.push_back(report.reader.name + ": " + report.out + report.err);
                      }});
  EXPECT_THAT(told, ElementsAre("Reader 1: done\n", "Reader 2: late second\ngpsh: note[gpsh.x]: noted\n",
                                "Reader 3: third\n"));
  EXPECT_EQ(reports.size(), 3U);
}

// A name is all that PC/SC knows a reader by: both would be the first.
TEST(RunOnReaders, SecondReaderOfAName) {
  std::atomic<int> started = 0;
  const auto count = [&](const ReaderSeat& seat) {
    ++started;
    return authenticate(seat);
  };
  auto all = tasks({count, count, count});
  all[1].reader.name = "Reader 1";
  const auto reports = run_on_readers({.tasks = all});
  EXPECT_THAT(statuses(reports), ElementsAre(ReaderStatus::good, ReaderStatus::failed, ReaderStatus::good));
  EXPECT_EQ(started, 2);
  EXPECT_EQ(reports[1].out, "");
  EXPECT_EQ(
      reports[1].err,
      "gpsh: error[gpsh.same-reader-name]: an earlier reader is named \"Reader 1\" too, and PC/SC tells "
      "readers apart by their names alone\n"
      "  advice: this one was left alone: give each reader a name of its own in the configuration of the "
      "PC/SC service, or take the other away\n");
  EXPECT_EQ(reports[1].run.failure->code(), "same-reader-name");
  EXPECT_EQ(worst_exit_code(reports), 3);
}

TEST(RunOnReaders, ReadersOfANameWithoutCard) {
  auto all = tasks({authenticate, authenticate});
  all[1].reader = {.name = "Reader 1", .atr = {}};
  EXPECT_THAT(statuses(run_on_readers({.tasks = all})),
              ElementsAre(ReaderStatus::good, ReaderStatus::no_card));
}

TEST(RunOnReaders, FailedAuthenticationStopsThoseNotStarted) {
  const auto reports = run_on_readers({.tasks = tasks({fail_authentication, authenticate, authenticate})});
  EXPECT_THAT(statuses(reports),
              ElementsAre(ReaderStatus::failed, ReaderStatus::not_started, ReaderStatus::not_started));
  EXPECT_EQ(reports[1].out, "");
  EXPECT_EQ(worst_exit_code(reports), 1);
}

TEST(RunOnReaders, KeepGoingStartsThemAllTheSame) {
  const auto reports =
      run_on_readers({.tasks = tasks({fail_authentication, fail_authentication, authenticate}),
                      .on_wrong_key = OnWrongKey::keep_going});
  EXPECT_THAT(statuses(reports), ElementsAre(ReaderStatus::failed, ReaderStatus::failed, ReaderStatus::good));
}

TEST(RunOnReaders, FaultOfTheFirstLetsTheNextGoFirst) {
  const auto fault = [](const ReaderSeat&) -> RunOutcome {
    throw Error({.kind = ErrorKind::reader, .code = "card-removed", .message = "the card was removed"});
  };
  const auto reports = run_on_readers({.tasks = tasks({fault, fail_authentication, authenticate})});
  EXPECT_THAT(statuses(reports),
              ElementsAre(ReaderStatus::failed, ReaderStatus::failed, ReaderStatus::not_started));
  EXPECT_EQ(reports[0].err, "gpsh: error[gpsh.card-removed]: the card was removed\n");
  EXPECT_EQ(reports[0].run.failure->code(), "card-removed");
  EXPECT_EQ(worst_exit_code(reports), 3);
}

TEST(RunOnReaders, FaultOfOneLeavesTheOthersAlone) {
  const auto broken = [](const ReaderSeat&) -> RunOutcome { throw std::logic_error("impossible"); };
  const auto reports = run_on_readers({.tasks = tasks({authenticate, broken, authenticate})});
  EXPECT_THAT(statuses(reports), ElementsAre(ReaderStatus::good, ReaderStatus::failed, ReaderStatus::good));
  EXPECT_EQ(reports[1].err,
            "gpsh: error[gpsh.internal]: a fault of gpsh: impossible\n"
            "  advice: please report it with the command line and the script\n");
  EXPECT_EQ(reports[2].out, "done\n");
  EXPECT_EQ(worst_exit_code(reports), 70);
}

TEST(RunOnReaders, ScriptWithoutAuthenticationRunsOnTheOthersAfterTheFirst) {
  std::latch others(2);
  std::atomic<bool> first_ended = false;
  const auto first = [&](const ReaderSeat&) {
    first_ended = true;
    return RunOutcome{.exit_code = 1};
  };
  const auto other = [&](const ReaderSeat&) {
    EXPECT_TRUE(first_ended);
    others.arrive_and_wait();
    return RunOutcome{};
  };
  const auto reports = run_on_readers({.tasks = tasks({first, other, other}), .script = Authenticates::no});
  EXPECT_THAT(statuses(reports), ElementsAre(ReaderStatus::failed, ReaderStatus::good, ReaderStatus::good));
}

TEST(RunOnReaders, NobodyStartsAfterAnInterruption) {
  std::atomic<bool> interrupted = false;
  const auto first = [&](const ReaderSeat&) {
    interrupted = true;
    return RunOutcome{.exit_code = 1};
  };
  const auto reports = run_on_readers({.tasks = tasks({first, authenticate, authenticate}),
                                       .interrupted = [&] { return interrupted.load(); }});
  EXPECT_THAT(statuses(reports),
              ElementsAre(ReaderStatus::failed, ReaderStatus::not_started, ReaderStatus::not_started));
}

TEST(RunOnReaders, ReaderWithoutCardIsToldOfAndCountsForNothing) {
  auto three = tasks({authenticate, authenticate, authenticate});
  three[0].reader.atr.clear();
  three[1].reader.atr.clear();
  std::vector<std::string> told;
  const auto reports = run_on_readers(
      {.tasks = three, .tell = [&](const ReaderReport& report) { told.push_back(report.reader.name); }});
  EXPECT_THAT(statuses(reports),
              ElementsAre(ReaderStatus::no_card, ReaderStatus::no_card, ReaderStatus::good));
  EXPECT_THAT(told, ElementsAre("Reader 1", "Reader 2", "Reader 3"));
  EXPECT_EQ(worst_exit_code(reports), 0);
}

}  // namespace
}  // namespace gpsh::test
