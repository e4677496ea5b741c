// SPDX-License-Identifier: Apache-2.0
#include "interpreter/run_on_readers.h"

#include <algorithm>
#include <atomic>
#include <deque>
#include <set>
#include <sstream>
#include <thread>

namespace gpsh::interpreter {
namespace {

/// A task that runs, or ran.
class Seat {
 public:
  Seat(const ReaderTask& task, StartGate& gate, Colour colour)
      : task_(task), gate_(gate), diagnostics_(err_, colour) {
    report_.reader = task.reader;
  }

  void refuse_start() { report_.status = ReaderStatus::not_started; }
  void fail(const Error& error) {
    report_.status = ReaderStatus::failed;
    report_.run = failed(error);
    report_.err = err_.str();
  }
  void start() {
    report_.status = ReaderStatus::failed;
    thread_ = std::jthread([this] { run(); });
  }
  [[nodiscard]] bool ended() const { return !thread_.joinable() || ended_; }
  const ReaderReport& wait() {
    if (thread_.joinable()) thread_.join();
    return report_;
  }

 private:
  void run() {
    const auto started = std::chrono::steady_clock::now();
    report_.run = guarded_run();
    report_.spent =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - started);
    if (report_.run.exit_code == 0) report_.status = ReaderStatus::good;
    report_.out = out_.str();
    report_.err = err_.str();
    ended_ = true;
    gate_.ended();
  }

  /// Nothing may leave the thread.
  RunOutcome guarded_run() {
    try {
      return task_.run({.gate = gate_, .output = output_, .diagnostics = diagnostics_});
    } catch (const Error& error) {
      return failed(error);
    } catch (const std::exception& fault) {
      diagnostics_.print(diagnose_fault(fault));
      return {.exit_code = exit_code(ErrorKind::internal)};
    }
  }

  RunOutcome failed(const Error& error) {
    diagnostics_.print(diagnose(error, std::nullopt));
    return {.exit_code = exit_code(error.kind()), .failure = error};
  }

  const ReaderTask& task_;
  StartGate& gate_;
  std::ostringstream out_;
  std::ostringstream err_;
  Output output_{out_};
  DiagnosticSink diagnostics_;
  ReaderReport report_;
  std::atomic<bool> ended_ = false;
  std::jthread thread_;  ///< last: it uses the rest
};

Error same_name(const ReaderInfo& reader) {
  return Error({.kind = ErrorKind::reader,
                .code = "same-reader-name",
                .message = "an earlier reader is named \"" + reader.name +
                           "\" too, and PC/SC tells readers apart by their names alone",
                .advice =
                    "this one was left alone: give each reader a name of its own in the configuration of "
                    "the PC/SC service, or take the other away"});
}

}  // namespace

std::vector<ReaderReport> run_on_readers(const ReadersRun& run) {
  StartGate gate(run.script, run.on_wrong_key);
  std::deque<Seat> seats;
  std::vector<ReaderReport> reports;
  const auto tell_next = [&] {
    reports.push_back(seats[reports.size()].wait());
    run.tell(reports.back());
  };
  std::set<std::string_view> names;
  for (const auto& task : run.tasks) {
    auto& seat = seats.emplace_back(task, gate, run.colour);
    const bool reachable = names.insert(task.reader.name).second;
    if (task.reader.atr.empty()) continue;
    if (!reachable) {
      seat.fail(same_name(task.reader));
      continue;
    }
    const bool may_start = gate.start_next();
    if (may_start && !run.interrupted()) {
      seat.start();
    } else {
      if (may_start) gate.ended();
      seat.refuse_start();
    }
    while (reports.size() < seats.size() && seats[reports.size()].ended()) tell_next();
  }
  while (reports.size() < seats.size()) tell_next();
  return reports;
}

int worst_exit_code(const std::vector<ReaderReport>& reports) {
  int worst = 0;
  for (const auto& report : reports) {
    const bool left_out = report.status == ReaderStatus::not_started;
    worst = std::max(worst, left_out ? exit_code(ErrorKind::card) : report.run.exit_code);
  }
  return worst;
}

}  // namespace gpsh::interpreter
