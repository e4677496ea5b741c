// SPDX-License-Identifier: Apache-2.0
#include "interpreter/execute.h"

#include <fmt/format.h>

#include "interpreter/gpshell_messages.h"
#include "interpreter/handlers/handlers.h"
#include "interpreter/script_observer.h"

namespace gpsh::interpreter {
namespace {

template <class Struct>
concept Runnable = requires(const Struct& command, SessionState& state) {
  run(command, state);
};

/// One run of one script: the state, and where its messages go.
class Execution {
 public:
  Execution(const BoundScript& script, RunEnvironment& environment, DiagnosticSink& diagnostics)
      : script_(script),
        environment_(environment),
        diagnostics_(diagnostics),
        observer_({.output = environment.output,
                   .interrupted = environment.interrupted,
                   .remark = [this](const Remark& remark) { on_remark(remark); }}),
        state_(environment, observer_) {
    if (environment.trace == TraceStart::at_once) observer_.trace_on();
  }

  int run_all() {
    for (const auto& line : script_.lines) {
      line_ = &line;
      if (!run_line(line)) return exit_code_;
      if (state_.finished) return 0;
    }
    return exit_code_;
  }

 private:
  /// False when the script stops here.
  bool run_line(const BoundLine& line) {
    if (auto text = echo(script_.source, line, environment_.secrets, state_.key_cipher))
      environment_.output.raw(*text);
    if (!line.command) return report_unbound(line);
    const auto started = environment_.clock();
    const auto failure = attempt(line);
    state_.end_command();
    if (failure && !on_error(line, *failure)) return false;
    const bool passed_over = failure && line.no_stop;
    if (!passed_over && state_.timing && line.info->timing == Timing::timed) print_time(started);
    environment_.output.flush();
    return true;
  }

  /// Runs the line's command; the Error that ended it, if one did.
  std::optional<Error> attempt(const BoundLine& line) {
    try {
      observer_.stop_if_interrupted();
      std::visit([this](const auto& command) { run_command(command); }, *line.command);
    } catch (const Error& error) {
      return error;
    }
    if (line.info->rest == Rest::options && line.info->on_failure == OnFailure::stop) exit_code_ = 0;
    return std::nullopt;
  }

  template <class Struct>
  void run_command(const Struct& command) {
    if constexpr (Runnable<Struct>) {
      run(command, state_);
    } else {
      throw Error({.kind = ErrorKind::usage,
                   .code = "not-built",
                   .message = fmt::format("this version of gpsh cannot run {}", line_->name),
                   .advice = "use a later version"});
    }
  }

  /// Only after --no-check or with --lenient: says what GPShell says. True for an unknown command, which
  /// GPShell passes over.
  bool report_unbound(const BoundLine& line) {
    for (const auto& diagnostic : line.diagnostics) {
      if (!diagnostic.gpshell_line.empty()) environment_.output.line(diagnostic.gpshell_line);
    }
    environment_.output.flush();
    const bool passed_over = line.info == nullptr && !has_errors(line.diagnostics);
    if (!passed_over) {
      for (const auto& diagnostic : line.diagnostics) diagnostics_.print(diagnostic, script_.source);
      exit_code_ = 2;
    }
    return passed_over || line.no_stop;
  }

  /// Whether a script goes on after this failure although nobody wrote -noStop.
  static bool tolerates(const CommandInfo& info, const Error& error) {
    if (info.on_failure == OnFailure::stop) return false;
    if (info.tolerated.empty()) return true;
    const auto& exchange = error.facts().exchange;
    return error.code() == "card-status" && exchange && exchange->sw &&
           std::ranges::find(info.tolerated, exchange->sw->value()) != info.tolerated.end();
  }

  /// Prints the failure in both places. True when the script goes on.
  bool on_error(const BoundLine& line, const Error& error) {
    environment_.output.line(gpshell_error_line(line.info->failure_label, error));
    environment_.output.flush();
    auto diagnostic = diagnose(error, line.name_span);
    const bool interrupted = error.code() == "interrupted";
    const bool goes_on = !interrupted && (line.no_stop || tolerates(*line.info, error));
    if (goes_on) diagnostic.severity = Severity::warning;
    diagnostics_.print(diagnostic, script_.source);
    if (line.info->on_failure == OnFailure::stop || !goes_on) exit_code_ = exit_code(error.kind());
    return goes_on;
  }

  void on_remark(const Remark& remark) {
    diagnostics_.print({.severity = remark.severity,
                        .code = remark.code,
                        .text = remark.text,
                        .span = line_->name_span,
                        .advice = remark.advice},
                       script_.source);
  }

  void print_time(std::chrono::steady_clock::time_point started) {
    const auto spent = std::chrono::duration_cast<std::chrono::milliseconds>(environment_.clock() - started);
    environment_.output.line(fmt::format("command time: {} ms", spent.count()));
  }

  const BoundScript& script_;
  RunEnvironment& environment_;
  DiagnosticSink& diagnostics_;
  ScriptObserver observer_;
  SessionState state_;
  const BoundLine* line_ = nullptr;
  int exit_code_ = 0;
};

}  // namespace

int execute(const BoundScript& script, RunEnvironment& environment, DiagnosticSink& diagnostics) {
  return Execution(script, environment, diagnostics).run_all();
}

}  // namespace gpsh::interpreter
