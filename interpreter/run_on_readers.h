// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "core/card_access.h"
#include "interpreter/diagnostic_sink.h"
#include "interpreter/execute.h"
#include "interpreter/output.h"
#include "interpreter/start_gate.h"

namespace gpsh::interpreter {

/// What the run on one reader is given; nobody else uses it.
struct ReaderSeat {
  StartGate& gate;  ///< is told how authentications end, through a WatchedLedger
  Output& output;
  DiagnosticSink& diagnostics;
};

/// A reader, and what is to be run on its card.
struct ReaderTask {
  ReaderInfo reader{};                                 ///< without an ATR: it has no card, and nothing is run
  std::function<RunOutcome(const ReaderSeat&)> run{};  ///< called in a thread of its own
};

enum class ReaderStatus { no_card, not_started, good, failed };

/// What became of one reader.
struct ReaderReport {
  ReaderInfo reader{};
  ReaderStatus status = ReaderStatus::no_card;
  RunOutcome run{};
  std::chrono::milliseconds spent{};
  std::string out{};  ///< what its run said on stdout and stderr
  std::string err{};
};

struct ReadersRun {
  std::vector<ReaderTask> tasks{};
  Authenticates script = Authenticates::yes;
  OnWrongKey on_wrong_key = OnWrongKey::stop;
  Colour colour = Colour::off;
  std::function<bool()> interrupted = [] { return false; };  ///< then no more cards start
  /// Called for each reader in the order of the tasks, in the caller's thread, as soon as it and all before
  /// it have ended.
  std::function<void(const ReaderReport&)> tell = [](const ReaderReport&) {};
};

/// Runs all tasks, one thread each, in the order StartGate allows; where readers share a name, the first
/// alone can be reached, and the others fail ("same-reader-name") without being touched. What goes wrong in
/// one of them, whatever it is, ends up in its report and leaves the others alone.
[[nodiscard]] std::vector<ReaderReport> run_on_readers(const ReadersRun& run);

/// That of the worst run; a card that was not started counts as 1, a reader without card not at all.
[[nodiscard]] int worst_exit_code(const std::vector<ReaderReport>& reports);

}  // namespace gpsh::interpreter
