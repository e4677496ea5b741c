// SPDX-License-Identifier: Apache-2.0
// The whole check of a script of 10,000 lines, against parsing it.
#include "interpreter/check.h"
#include "tests/bench/ratio.h"

namespace gpsh::bench {
namespace {

constexpr int kLines = 10000;

std::string long_script() {
  std::string text;
  for (int i = 0; i < kLines / 2; ++i) {
    text += "select -AID A000000003000000 // the issuer security domain\nsend_apdu -sc 1 -APDU 80CA9F7F00\n";
  }
  return text;
}

std::optional<std::string> no_environment(const std::string&) {
  return std::nullopt;
}

void parse(benchmark::State& state) {
  const interpreter::Source source("script.txt", long_script());
  for (auto _ : state) benchmark::DoNotOptimize(interpreter::parse(source));
}

void check(benchmark::State& state) {
  const auto text = long_script();
  for (auto _ : state) {
    benchmark::DoNotOptimize(interpreter::check(interpreter::Source("script.txt", text), no_environment,
                                                interpreter::Strictness::strict,
                                                interpreter::SecretDisplay::masked));
  }
}

}  // namespace
}  // namespace gpsh::bench

int main(int argc, char** argv) {
  using namespace gpsh;
  benchmark::RegisterBenchmark("check", bench::check)
      ->Repetitions(5)
      ->ReportAggregatesOnly()
      ->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark("parse", bench::parse)
      ->Repetitions(5)
      ->ReportAggregatesOnly()
      ->Unit(benchmark::kMillisecond);
  bench::run_all(argc, argv).tell("check", "parse", 2.0);
}
