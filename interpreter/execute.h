// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>

#include "interpreter/check.h"
#include "interpreter/diagnostic_sink.h"
#include "interpreter/session_state.h"

namespace gpsh::interpreter {

/// Whether a line is printed before it runs, as GPShell does with those of a script.
enum class LineEcho { on, off };

class Execution;

/// How a run ended.
struct RunOutcome {
  int exit_code = 0;
  std::optional<Error> failure{};  ///< the one that the exit code is of; none for a line that is no command
  gp::WireCost cost{};             ///< of all its connections
};

/// A session with one card access: what one text leaves, the next one finds. Its end disconnects the card.
/// `environment` and `diagnostics` outlive it.
class Run {
 public:
  Run(RunEnvironment& environment, DiagnosticSink& diagnostics);
  ~Run();
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  /// Runs the text line by line, as execute() below does; returns its exit code.
  [[nodiscard]] int execute(BoundScript script, LineEcho echo);
  /// Of the text that ran last.
  [[nodiscard]] const std::optional<Error>& failure() const;
  [[nodiscard]] SessionState& state();
  /// False without recorder, and once it has refused something: then it is not told of the end either.
  [[nodiscard]] bool recorded() const;

 private:
  std::unique_ptr<Execution> execution_;
};

/// Runs a script line by line; stops at the first line that fails unless that line may fail. What the lines
/// print goes to the environment's output, what goes wrong also to `diagnostics`. At the end the card is
/// disconnected. The keys of a line are overwritten when it has run; those that later lines take as well,
/// when no card is connected and no line is left that could. Returns the exit code: that of the failure that
/// stopped it, else GPShell's last result (reference section 1.6).
[[nodiscard]] int execute(BoundScript script, RunEnvironment& environment, DiagnosticSink& diagnostics);

/// The same, for those who want to know more of it.
[[nodiscard]] RunOutcome run_to_end(BoundScript script, RunEnvironment& environment,
                                    DiagnosticSink& diagnostics);

}  // namespace gpsh::interpreter
