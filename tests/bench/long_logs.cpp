// SPDX-License-Identifier: Apache-2.0
// gpsh explain and gpsh verify over logs of 1 MB and 100 MB: peak memory of the program, MB a second, and
// what that is to bare hex decoding and the ciphers of the same bytes.
#include <sys/resource.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <stdexcept>
#include <string>

#include "tests/bench/bare_log.h"
#include "tests/bench/program_run.h"
#include "tests/support/temporary_folder.h"

namespace {

using gpsh::bench::BareLog;
using gpsh::bench::run_program;
using gpsh::bench::seconds_of;
using gpsh::bench::Spent;
using gpsh::test::TemporaryFolder;

constexpr std::size_t kMegabyte = 1000000;
constexpr std::size_t kLongMegabytes = 100;
constexpr std::size_t kCommandsOfAChannel = 200;
constexpr double kMemoryAtMost = 1.2;

/// Runs the program on the log.
Spent run(const std::string& word, const std::string& log) {
  const auto spent = run_program({GPSH_PROGRAM, word, log});
  rusage own{};
  getrusage(RUSAGE_SELF, &own);
  // Before it is another program, a child is this one.
  if (spent.kilobytes <= own.ru_maxrss) throw std::runtime_error("the benchmark takes more memory than gpsh");
  return spent;
}

/// The channel over and over, at least so many bytes. Gives how often.
std::size_t write_log(const std::string& file, const std::string& channel, std::size_t bytes) {
  std::ofstream out(file, std::ios::binary);
  std::size_t times = 0;
  for (std::size_t written = 0; written < bytes; written += channel.size(), ++times) out << channel;
  return times;
}

double bare_seconds(int protocol, const std::string& channel, std::size_t times) {
  BareLog bare(protocol);
  rusage before{};
  getrusage(RUSAGE_SELF, &before);
  std::size_t used = 0;
  for (std::size_t n = 0; n < times; ++n) used += bare.pass(channel).front();
  rusage after{};
  getrusage(RUSAGE_SELF, &after);
  if (used == 1) std::printf("\n");  // so that nothing is left out
  return seconds_of(after.ru_utime) - seconds_of(before.ru_utime);
}

/// How much longer than the bare ciphers a word may take.
struct Word {
  const char* name;
  double at_most_scp02;
  double at_most_scp03;
};
constexpr double kVerifyScp02AtMost = 1.25;
constexpr double kVerifyScp03AtMost = 3.0;
constexpr double kExplainScp02AtMost = 1.5;
constexpr double kExplainScp03AtMost = 4.0;
constexpr std::array kWords = {Word{"verify", kVerifyScp02AtMost, kVerifyScp03AtMost},
                               Word{"explain", kExplainScp02AtMost, kExplainScp03AtMost}};

void measure(int protocol) {
  const TemporaryFolder folder;
  const auto channel = gpsh::bench::log_of(protocol, kCommandsOfAChannel);
  const auto small = (folder.path / "small.log").string();
  const auto large = (folder.path / "large.log").string();
  write_log(small, channel, kMegabyte);
  const auto times = write_log(large, channel, kLongMegabytes * kMegabyte);
  const auto bare = bare_seconds(protocol, channel, times);
  for (const auto& word : kWords) {
    const auto little = run(word.name, small);
    const auto much = run(word.name, large);
    std::printf("%s of %zu MB of SCP0%d: %.0f MB/s, %.2f times bare hex and ciphers (at most %.2f)\n",
                word.name, kLongMegabytes, protocol, static_cast<double>(kLongMegabytes) / much.cpu,
                much.cpu / bare, protocol == 3 ? word.at_most_scp03 : word.at_most_scp02);
    std::printf("  peak memory %ld kB, %.2f times that of 1 MB (at most %.2f)\n", much.kilobytes,
                static_cast<double>(much.kilobytes) / static_cast<double>(little.kilobytes), kMemoryAtMost);
  }
}

}  // namespace

int main() {
  for (const int protocol : {2, 3}) measure(protocol);
}
