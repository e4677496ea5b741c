// SPDX-License-Identifier: Apache-2.0
// gpsh replay of 1,000 recordings, by jobs: sessions a second, and the time of two jobs against half of that
// of one.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include "tests/support/temporary_folder.h"

namespace {

namespace files = std::filesystem;

constexpr int kRecordings = 1000;
constexpr int kRounds = 10;
constexpr double kAtMost = 1.25;

constexpr auto kScript =
    "mode_211\nestablish_context\ncard_connect\nselect -AID A000000003000000\n"
    "open_sc -security 3 -key 404142434445464748494A4B4C4D4E4F\n"
    "get_status -element 80\nget_status -element 40\nget_status -element 20\nget_status -element 10\n"
    "card_disconnect\nrelease_context\n";

void run(const std::string& arguments) {
  const auto command = std::string(GPSH_PROGRAM) + " " + arguments + " >/dev/null 2>&1";
  if (std::system(command.c_str()) != 0) throw std::runtime_error("failed: " + command);
}

/// The best of some rounds, in seconds.
double seconds(const files::path& folder, int jobs) {
  double best = 1e9;
  for (int round = 0; round < kRounds; ++round) {
    const auto started = std::chrono::steady_clock::now();
    run("replay " + folder.string() + " --jobs " + std::to_string(jobs));
    best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count());
  }
  return best;
}

}  // namespace

int main() {
  const gpsh::test::TemporaryFolder folder;
  std::ofstream(folder.path / "script.txt") << kScript;
  const auto first = folder.path / "0.jsonl";
  run("--card virtual --record " + first.string() + " " + (folder.path / "script.txt").string());
  for (int i = 1; i < kRecordings; ++i) files::copy_file(first, folder.path / (std::to_string(i) + ".jsonl"));
  std::array<double, 2> spent{};
  for (const int jobs : {1, 2}) {
    auto& each = spent.at(static_cast<std::size_t>(jobs - 1));
    each = seconds(folder.path, jobs);
    std::printf("replay of %d recordings, %d jobs: %.0f sessions/s\n", kRecordings, jobs, kRecordings / each);
  }
  std::printf("2 jobs: %.2f times half the time of one (at most %.2f)\n", spent[1] / (spent[0] / 2), kAtMost);
}
