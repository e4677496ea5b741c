// SPDX-License-Identifier: Apache-2.0
// gpsh verify over a log of LOADs at level 03, against bare hex decoding and the ciphers of the same bytes.
#include <sstream>

#include "sessions/verify.h"
#include "tests/bench/bare_log.h"
#include "tests/bench/ratio.h"

namespace gpsh::bench {
namespace {

constexpr double kScp02AtMost = 1.25;
constexpr double kScp03AtMost = 3.0;
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
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}

void bare(benchmark::State& state, const std::string& text, int protocol) {
  BareLog limit(protocol);
  for (auto _ : state) benchmark::DoNotOptimize(limit.pass(text));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}

}  // namespace
}  // namespace gpsh::bench

int main(int argc, char** argv) {
  using namespace gpsh;
  const bench::Limit limit{.unit = benchmark::kMillisecond};
  for (const int protocol : {2, 3}) {
    const auto text = bench::log_of(protocol, bench::kCommands);
    const auto name = "SCP0" + std::to_string(protocol) + " log";
    bench::measure(name, limit, [text](auto& state) { bench::verify(state, text); });
    bench::measure("bare " + name, limit,
                   [text, protocol](auto& state) { bench::bare(state, text, protocol); });
  }
  const auto report = bench::run_all(argc, argv);
  report.tell("SCP02 log", "bare SCP02 log", bench::kScp02AtMost);
  report.tell("SCP03 log", "bare SCP03 log", bench::kScp03AtMost);
}
