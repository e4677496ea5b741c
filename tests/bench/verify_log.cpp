// SPDX-License-Identifier: Apache-2.0
// gpsh verify over a log of LOADs at level 03, against bare hex decoding and the ciphers of the same bytes.
#include <sstream>

#include "sessions/verify.h"
#include "tests/bench/bare_log.h"
#include "tests/bench/ratio.h"

namespace gpsh::bench {
namespace {

constexpr std::size_t kCommands = 2000;

class Count final : public sessions::VerifySink {
 public:
  void verdict(const sessions::ChannelVerdict& verdict) override { verified += verdict.commands.verified; }

  std::size_t verified = 0;
};

void verify(benchmark::State& state, const std::string& text) {
  const auto derivations = gp::known_diversifications();
  for (auto _ : state) {
    std::istringstream in(text);
    Count count;
    sessions::verify_log(in, {.derivations = derivations}, count);
    if (count.verified != kCommands) state.SkipWithError("not all commands verified");
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}

void bare(benchmark::State& state, const std::string& text, int protocol) {
  BareLog limit(protocol);
  for (auto _ : state) benchmark::DoNotOptimize(limit.pass(text));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}

}  // namespace
}  // namespace gpsh::bench

int main(int argc, char** argv) {
  using namespace gpsh;
  for (const int protocol : {2, 3}) {
    const auto text = bench::log_of(protocol, bench::kCommands);
    const auto name = "SCP0" + std::to_string(protocol) + " log";
    benchmark::RegisterBenchmark(name.c_str(), [text](auto& state) { bench::verify(state, text); })
        ->Repetitions(5)
        ->ReportAggregatesOnly()
        ->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark(("bare " + name).c_str(),
                                 [text, protocol](auto& state) { bench::bare(state, text, protocol); })
        ->Repetitions(5)
        ->ReportAggregatesOnly()
        ->Unit(benchmark::kMillisecond);
  }
  const auto report = bench::run_all(argc, argv);
  report.tell("SCP02 log", "bare SCP02 log", 1.25);
  report.tell("SCP03 log", "bare SCP03 log", 3.0);
}
