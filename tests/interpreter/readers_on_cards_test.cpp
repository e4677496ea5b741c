// SPDX-License-Identifier: Apache-2.0
// Whole scripts on eight virtual cards at once, each with the ledger that a program has: one file for all.
#include <gmock/gmock.h>

#include <filesystem>

#include "interpreter/check.h"
#include "interpreter/run_on_readers.h"
#include "interpreter/watched_ledger.h"
#include "sessions/ledger_store.h"
#include "tests/interpreter/script_run.h"
#include "tests/support/program.h"
#include "virtualcard/profile.h"
#include "virtualcard/virtual_reader.h"

namespace gpsh::test {
namespace {

using interpreter::OnWrongKey;
using interpreter::ReaderReport;
using interpreter::ReaderSeat;
using interpreter::ReadersRun;
using interpreter::ReaderStatus;
using interpreter::ReaderTask;
using interpreter::RunOutcome;
using testing::HasSubstr;
using testing::Not;

constexpr std::size_t kReaders = 8;

std::string listing(const std::string& key) {
  return "mode_211\nenable_trace\nestablish_context\ncard_connect\nselect -AID A000000003000000\n"
         "open_sc -security 1 -key " +
         key + "\nget_status -element 80\nget_status -element 40\ncard_disconnect\nrelease_context\n";
}
constexpr auto kRightKey = "404142434445464748494A4B4C4D4E4F";
constexpr auto kWrongKey = "00112233445566778899AABBCCDDEEFF";

/// Cards of one profile, so even their ledger entries look alike; time and host challenges are the same too.
class ReadersOnCards : public testing::Test {
 protected:
  void fault(std::size_t reader, const std::string& text) {
    faults_.at(reader) = virtualcard::parse_faults(text);
  }

  std::vector<ReaderReport> run(const std::string& text, OnWrongKey on_wrong_key = OnWrongKey::stop) {
    ReadersRun all{.on_wrong_key = on_wrong_key};
    for (std::size_t i = 0; i < kReaders; ++i) {
      all.tasks.push_back(
          {.reader = {.name = "Reader " + std::to_string(i), .atr = hex("3B00")},
           .run = [this, i, &text](const ReaderSeat& seat) { return run_one(i, text, seat); }});
    }
    return run_on_readers(all);
  }

  [[nodiscard]] std::size_t open_attempts() const {
    return sessions::LedgerStore(ledger_path()).open_attempts().size();
  }

 private:
  RunOutcome run_one(std::size_t reader, const std::string& text, const ReaderSeat& seat) {
    using namespace interpreter;
    auto script =
        check(Source("script.txt", text), no_environment, Strictness::strict, SecretDisplay::masked);
    virtualcard::SystemRandom challenges;
    virtualcard::VirtualReader access(virtualcard::load_profile("generic-scp02"), challenges,
                                      faults_.at(reader));
    sessions::LedgerStore store(ledger_path(), under_way_);
    WatchedLedger ledger(store, seat.gate);
    gp::SystemRandom random;
    RunEnvironment environment{.access = access, .random = random, .output = seat.output, .ledger = &ledger};
    auto outcome = run_to_end(std::move(script), environment, seat.diagnostics);
    if (outcome.exit_code == 3) ledger.reader_failed();
    return outcome;
  }
  [[nodiscard]] std::filesystem::path ledger_path() const { return folder_.path("ledger.db"); }

  WorkingFolder folder_;
  std::array<std::vector<virtualcard::Fault>, kReaders> faults_;
  std::shared_ptr<sessions::AttemptsUnderWay> under_way_ = std::make_shared<sessions::AttemptsUnderWay>();
};

TEST_F(ReadersOnCards, AllAreListedWithTheSameApdus) {
  const auto reports = run(listing(kRightKey));
  for (const auto& report : reports) {
    EXPECT_EQ(report.status, ReaderStatus::good) << report.err;
    EXPECT_THAT(report.out, HasSubstr("get_status -element 40"));
    EXPECT_EQ(report.run.cost, reports[0].run.cost) << "the others' attempts cost no APDU";
    EXPECT_THAT(report.err, Not(HasSubstr("ledger"))) << "and they are no failures of this card";
  }
  EXPECT_EQ(worst_exit_code(reports), 0);
  EXPECT_EQ(open_attempts(), 0U);
}

TEST_F(ReadersOnCards, OneWrongKeyCostsOneCardOneTry) {
  const auto reports = run(listing(kWrongKey));
  EXPECT_EQ(reports[0].status, ReaderStatus::failed);
  EXPECT_EQ(reports[0].run.failure->code(), "card-cryptogram");
  EXPECT_THAT(reports[0].out, HasSubstr("Command --> 8050"));
  for (std::size_t i = 1; i < kReaders; ++i) {
    EXPECT_EQ(reports[i].status, ReaderStatus::not_started);
    EXPECT_EQ(reports[i].out, "");
  }
  EXPECT_EQ(worst_exit_code(reports), 1);
  EXPECT_EQ(open_attempts(), 1U);
}

TEST_F(ReadersOnCards, KeepGoingTriesAllButTheLedgerHasTheLastWord) {
  const auto reports = run(listing(kWrongKey), OnWrongKey::keep_going);
  std::size_t tried = 0;
  for (const auto& report : reports) {
    EXPECT_EQ(report.status, ReaderStatus::failed);
    if (report.out.find("Command --> 8050") != std::string::npos) ++tried;
  }
  EXPECT_EQ(tried, 3U) << "the cards cannot be told apart, so three failures are three in a row";
  EXPECT_EQ(reports.back().run.failure->code(), "ledger-refused");
}

TEST_F(ReadersOnCards, CardThatIsPulledLeavesTheOthersAlone) {
  fault(3, "remove@ins:F2");
  const auto reports = run(listing(kRightKey));
  for (std::size_t i = 0; i < kReaders; ++i) {
    EXPECT_EQ(reports[i].status, i == 3 ? ReaderStatus::failed : ReaderStatus::good) << reports[i].err;
  }
  EXPECT_EQ(reports[3].run.failure->code(), "card-removed");
  EXPECT_EQ(worst_exit_code(reports), 3);
}

TEST_F(ReadersOnCards, CardThatIsPulledDuringItsAuthenticationSaysNothingOfTheKey) {
  fault(0, "remove@ins:82");
  const auto reports = run(listing(kRightKey));
  EXPECT_EQ(reports[0].run.failure->code(), "card-removed");
  for (std::size_t i = 1; i < kReaders; ++i)
    EXPECT_EQ(reports[i].status, ReaderStatus::good) << reports[i].err;
  EXPECT_EQ(worst_exit_code(reports), 3);
}

TEST_F(ReadersOnCards, WrongKeyOfOneCardDoesNotStopThoseThatRun) {
  fault(0, "cryptogram");
  const auto stopped = run(listing(kRightKey));
  EXPECT_EQ(stopped[1].status, ReaderStatus::not_started) << "the first had to prove the key";
  const auto reports = run(listing(kRightKey), OnWrongKey::keep_going);
  EXPECT_EQ(reports[0].run.failure->code(), "card-cryptogram");
  for (std::size_t i = 1; i < kReaders; ++i)
    EXPECT_EQ(reports[i].status, ReaderStatus::good) << reports[i].err;
}

}  // namespace
}  // namespace gpsh::test
