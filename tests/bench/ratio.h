// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

namespace gpsh::bench {

/// Shows figures as Google Benchmark does and keeps the best of each, so that ratios can be told at the end:
/// what else the machine does adds to a figure, and never takes away.
class RatioReporter final : public benchmark::ConsoleReporter {
 public:
  RatioReporter() : ConsoleReporter(OO_None) {}

  void ReportRuns(const std::vector<Run>& runs) override {
    ConsoleReporter::ReportRuns(runs);
    for (const auto& run : runs) {
      if (run.run_type == Run::RT_Aggregate && run.aggregate_name == "best") {
        best_[run.run_name.function_name] = run.GetAdjustedCPUTime();
      }
    }
  }

  /// "NAME: 1.10 times LIMIT (at most 1.25)"
  void tell(const std::string& name, const std::string& limit, double at_most) const {
    std::printf("%s: %.2f times %s (at most %.2f)\n", name.c_str(), best_.at(name) / best_.at(limit),
                limit.c_str(), at_most);
  }

 private:
  std::map<std::string, double> best_;
};

/// Runs all registered benchmarks, their repetitions mixed, so that whatever else goes on for a while meets
/// both sides of a ratio; the caller then tells the ratios.
inline RatioReporter run_all(int argc, char** argv) {
  std::vector<char*> arguments(argv, argv + argc);
  std::string mixed = "--benchmark_enable_random_interleaving=true";
  arguments.insert(arguments.begin() + 1, mixed.data());
  argc = static_cast<int>(arguments.size());
  arguments.push_back(nullptr);
  benchmark::Initialize(&argc, arguments.data());
  RatioReporter reporter;
  benchmark::RunSpecifiedBenchmarks(&reporter);
  return reporter;
}

/// The command line of a benchmark program, and what its ratios may be.
struct Limit {
  int argc = 0;
  char** argv = nullptr;
  double at_most = 1.0;
  benchmark::IterationCount iterations = 0;  ///< 0: as many as Google Benchmark finds good
  benchmark::TimeUnit unit = benchmark::kNanosecond;
};

inline double best_of(const std::vector<double>& times) {
  return *std::ranges::min_element(times);
}

// Many short ones: some of them are left in peace.
constexpr int kRepetitions = 20;
constexpr double kSeconds = 0.1;

/// Registers a benchmark, of which the best run counts.
template <class Measured>
void measure(const std::string& name, const Limit& limit, Measured measured) {
  auto* registered = benchmark::RegisterBenchmark(name.c_str(), measured);
  registered->Repetitions(kRepetitions)->ReportAggregatesOnly()->ComputeStatistics("best", best_of);
  registered->Unit(limit.unit);
  if (limit.iterations != 0) {
    registered->Iterations(limit.iterations);
  } else {
    registered->MinTime(kSeconds);
  }
}

}  // namespace gpsh::bench
