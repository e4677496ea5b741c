// SPDX-License-Identifier: Apache-2.0
// One script on eight readers at once, and on one: wall times and their ratio. The cards take their time for
// every byte, as real ones do, so one core is enough; what stands in the way would be a lock held while a
// card answers.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "interpreter/check.h"
#include "interpreter/run_on_readers.h"
#include "interpreter/watched_ledger.h"
#include "sessions/ledger_store.h"
#include "tests/support/temporary_folder.h"
#include "virtualcard/profile.h"
#include "virtualcard/virtual_reader.h"

namespace gpsh::bench {
namespace {

using namespace interpreter;
namespace files = std::filesystem;

constexpr int kRounds = 3;
constexpr double kAtMost = 1.5;
/// 115,200 bits a second, 12 of them a byte.
constexpr auto kSpeed = "slow=104";

/// What an installation exchanges, as far as time goes: 40 commands of some 250 bytes behind an
/// authentication.
std::string script_text() {
  std::string text =
      "mode_211\nestablish_context\ncard_connect\nselect -AID A000000003000000\n"
      "open_sc -security 1 -key 404142434445464748494A4B4C4D4E4F\n";
  const std::string block(std::size_t{2} * 240, '0');
  for (int i = 0; i < 40; ++i) text += "send_apdu -sc 1 -APDU 80E80000F0" + block + "\n";
  return text;
}

/// What the readers share.
struct Tray {
  files::path ledger;
  std::shared_ptr<sessions::AttemptsUnderWay> under_way = std::make_shared<sessions::AttemptsUnderWay>();
};

RunOutcome run_one(const Tray& tray, const ReaderSeat& seat) {
  virtualcard::SystemRandom challenges;
  virtualcard::VirtualReader access(virtualcard::load_profile("generic-scp02"), challenges,
                                    virtualcard::parse_faults(kSpeed));
  sessions::LedgerStore store(tray.ledger, tray.under_way);
  WatchedLedger ledger(store, seat.gate);
  gp::SystemRandom random;
  RunEnvironment environment{.access = access, .random = random, .output = seat.output, .ledger = &ledger};
  auto script = check(
      Source("script", script_text()), [](const std::string&) { return std::optional<std::string>(); },
      Strictness::strict, SecretDisplay::masked);
  return run_to_end(std::move(script), environment, seat.diagnostics);
}

/// The best of some rounds, in seconds.
double seconds(const Tray& tray, std::size_t readers) {
  double best = 1e9;
  for (int round = 0; round < kRounds; ++round) {
    ReadersRun run;
    for (std::size_t i = 0; i < readers; ++i) {
      run.tasks.push_back({.reader = {.name = "Reader " + std::to_string(i), .atr = Bytes{0x3B, 0x00}},
                           .run = [&tray](const ReaderSeat& seat) { return run_one(tray, seat); }});
    }
    const auto started = std::chrono::steady_clock::now();
    const auto reports = run_on_readers(run);
    best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count());
    for (const auto& report : reports) {
      if (report.status != ReaderStatus::good) throw std::runtime_error(report.err);
    }
  }
  return best;
}

int measure() {
  const test::TemporaryFolder folder;
  const Tray tray{.ledger = folder.path / "ledger.db"};
  const auto one = seconds(tray, 1);
  const auto eight = seconds(tray, 8);
  std::printf("script on one reader: %.2f s, on 8 at once: %.2f s\n", one, eight);
  std::printf("8 readers: %.2f times one reader (at most %.2f)\n", eight / one, kAtMost);
  return 0;
}

}  // namespace
}  // namespace gpsh::bench

int main() {
  return gpsh::bench::measure();
}
