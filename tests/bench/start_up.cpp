// SPDX-License-Identifier: Apache-2.0
// Whole runs of gpsh against an empty program that is linked to the same libraries. They take turns, and the
// best of each is compared: what else the machine does adds to a run, and never takes away.
#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>

#include "tests/bench/program_run.h"

namespace gpsh::bench {
namespace {

constexpr int kRounds = 400;
constexpr double kVersionAtMost = 1.3;
constexpr double kListAtMost = 2.5;
constexpr double kInstallAtMost = 2.5;

struct Best {
  double wall = 1e9;
  double cpu = 1e9;
};

struct Measured {
  const char* name;
  std::vector<std::string> words;
  double at_most;
  Best best{};
};

void run_once(Measured& measured) {
  const auto spent = run_program(measured.words);
  measured.best.wall = std::min(measured.best.wall, spent.wall);
  measured.best.cpu = std::min(measured.best.cpu, spent.cpu);
}

void tell(const Measured& measured, const Best& limit) {
  std::printf("%s: %.2f times an empty program with the same libraries (at most %.2f)\n", measured.name,
              measured.best.wall / limit.wall, measured.at_most);
  std::printf("  %.2f ms and %.2f ms; processor time %.2f times\n", measured.best.wall * 1e3,
              limit.wall * 1e3, measured.best.cpu / limit.cpu);
}

/// The virtual card of a run has no ledger where it has no state file.
void measure() {
  Measured empty{.name = "empty program", .words = {GPSH_EMPTY_PROGRAM}, .at_most = 1};
  std::array all = {
      Measured{.name = "gpsh --version", .words = {GPSH_PROGRAM, "--version"}, .at_most = kVersionAtMost},
      Measured{.name = "list script",
               .words = {GPSH_PROGRAM, "--card", "virtual", "listgp211.txt"},
               .at_most = kListAtMost},
      Measured{.name = "install script",
               .words = {GPSH_PROGRAM, "--card", "virtual", "install.txt"},
               .at_most = kInstallAtMost}};
  for (int round = 0; round < kRounds; ++round) {
    run_once(empty);
    for (auto& each : all) run_once(each);
  }
  for (const auto& each : all) tell(each, empty.best);
}

}  // namespace
}  // namespace gpsh::bench

int main() {
  std::filesystem::current_path(GPSH_EXAMPLES);
  gpsh::bench::measure();
}
