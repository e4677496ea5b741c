// SPDX-License-Identifier: Apache-2.0
#include "interpreter/execute.h"

#include <algorithm>

#include "gp/scrub.h"
#include "interpreter/card_state_advice.h"
#include "interpreter/handlers/handlers.h"
#include "interpreter/plain_command_advice.h"
#include "interpreter/recorded_text.h"
#include "interpreter/refused_in_channel.h"
#include "interpreter/run_printer.h"
#include "interpreter/script_observer.h"

namespace gpsh::interpreter {
namespace {

/// It is not the run any more that was to be recorded or replayed.
bool is_of_recorder(const Error& error) {
  return error.code() == "recording-failed" || error.code().starts_with("replay-");
}

/// No line can go on after these, whatever it says of itself.
bool ends_the_run(const Error& error) {
  return error.code() == "interrupted" || is_of_recorder(error);
}

std::unique_ptr<RunPrinter> printer_of(const RunEnvironment& environment) {
  return environment.format == OutputFormat::json
             ? make_json_printer(environment.output, environment.json_reader)
             : make_gpshell_printer(environment.output);
}

/// Whether a line may take keys that lines before it gave.
bool takes_keys(const BoundLine& line) {
  return line.command && std::visit(
                             []<class Command>(const Command&) {
                               return std::is_same_v<Command, OpenSc> || std::is_same_v<Command, PutScKey>;
                             },
                             *line.command);
}

/// Of a line that has run: its command, and the digits in the text.
void forget_keys(Source& source, BoundLine& line) {
  line.command.reset();
  for (const auto& secret : line.secrets) source.forget(secret.span);
}

/// What became of a command.
struct Attempt {
  CommandResult result{};
  std::optional<Error> failure{};
  gp::WireCost cost{};
  std::optional<std::chrono::milliseconds> spent{};  ///< where it is printed
};

}  // namespace

/// What a Run hides: the state, and where its messages go.
class Execution {
 public:
  Execution(RunEnvironment& environment, DiagnosticSink& diagnostics)
      : environment_(environment),
        diagnostics_(diagnostics),
        printer_(printer_of(environment)),
        observer_({.output = printer_->trace(),
                   .interrupted = environment.interrupted,
                   .remark = [this](const Remark& remark) { on_remark(remark); },
                   .recorder = environment.recorder,
                   .writer = environment.writer,
                   .clock = environment.clock}),
        state_(environment, observer_) {
    observer_.use(environment.trace_style);
    if (environment.trace == TraceStart::at_once) observer_.trace_on();
  }

  int run_all(BoundScript script, LineEcho line_echo) {
    line_ = nullptr;
    script_ = std::move(script);
    line_echo_ = line_echo;
    exit_code_ = 0;
    failure_.reset();
    const auto code = run_lines();
    plain_commands_.text_ended();
    for (auto& line : script_->lines) forget_keys(script_->source, line);  // those that were not reached too
    return code;
  }

  SessionState& state() { return state_; }
  [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }
  [[nodiscard]] bool recorded() const { return environment_.recorder != nullptr && !recorder_failed_; }

 private:
  int run_lines() {
    auto& lines = script_->lines;
    const auto takers_end = std::ranges::find_if(lines.rbegin(), lines.rend(), takes_keys).base();
    for (auto line = lines.begin(); line != lines.end(); ++line) {
      line_ = &*line;
      const bool was_connected = state_.card.has_value();
      const bool goes_on = run_line(*line);
      forget_keys(script_->source, *line);
      // The functions between here and the disconnecting one have had keys on the stack, too.
      if (was_connected && !state_.card) gp::scrub_stack();
      const bool needed = goes_on && !state_.finished && line + 1 < takers_end;
      if (!state_.card && !needed) state_.keys = {};
      if (!goes_on) return exit_code_;
      if (!state_.finished) continue;
      failure_.reset();
      return 0;
    }
    return exit_code_;
  }

  /// False when the script stops here.
  bool run_line(const BoundLine& line) {
    printer_->started({.line = line, .echo = echo_of(line)});
    if (!line.command) return report_unbound(line);
    auto attempt = this->attempt(line);
    const auto unrecorded = record_end(attempt.failure);
    state_.end_command();
    if (attempt.failure && !on_error(line, attempt)) return false;
    if (unrecorded) {
      attempt.failure = unrecorded;
      return on_error(line, attempt);
    }
    if (!attempt.failure) print_end(line, attempt, CommandStatus::ok);
    return true;
  }

  [[nodiscard]] const gp::CardSession* connected() const { return state_.card ? &*state_.card : nullptr; }

  [[nodiscard]] std::optional<std::string> echo_of(const BoundLine& line) const {
    if (line_echo_ == LineEcho::off) return std::nullopt;
    return echo(script_->source, line, environment_.secrets, cipher_of_keys(line, state_.key_cipher));
  }

  /// Runs the command of the line.
  Attempt attempt(const BoundLine& line) {
    const auto started = environment_.clock();
    const auto before = state_.wire_cost();
    plain_commands_.before(connected());
    auto attempt = run_command(line);
    plain_commands_.after(line, script_->source.position(line.line_span.offset).line, connected());
    observer_.line_ended();
    attempt.cost = state_.wire_cost() - before;
    // GPShell prints no time for what -noStop passes over, nor for what ends the script.
    const bool timed = !attempt.failure || (!line.no_stop && may_go_on(line, *attempt.failure));
    if (timed && state_.timing && line.info->timing == Timing::timed) {
      attempt.spent = std::chrono::duration_cast<std::chrono::milliseconds>(environment_.clock() - started);
    }
    return attempt;
  }

  Attempt run_command(const BoundLine& line) {
    Attempt attempt;
    try {
      observer_.line_started(script_->source.position(line.line_span.offset).line);
      if (environment_.recorder != nullptr) record_start(line);
      observer_.stop_if_interrupted();
      attempt.result =
          std::visit([this](const auto& command) { return run(command, state_); }, *line.command);
    } catch (const Error& error) {
      attempt.failure = advised(error);
      return attempt;
    }
    if (const auto refused = refused_in_channel(line, attempt.result, connected())) {
      const auto facts = advised(*refused).facts();
      on_remark({.severity = Severity::note,
                 .code = "refused-in-channel",
                 .text = facts.message,
                 .advice = facts.advice});
    }
    if (line.info->rest == Rest::options && line.info->on_failure == OnFailure::stop) {
      exit_code_ = 0;
      failure_.reset();
    }
    return attempt;
  }

  /// With what the run knows of the reason.
  [[nodiscard]] Error advised(const Error& error) const {
    return with_card_state_advice(plain_commands_.with_advice(error, connected()), state_.card_state);
  }

  void print_end(const BoundLine& line, const Attempt& attempt, CommandStatus status) {
    printer_->ended({.line = line,
                     .number = script_->source.position(line.line_span.offset).line,
                     .status = status,
                     .error = attempt.failure ? &*attempt.failure : nullptr,
                     .result = attempt.result,
                     .cost = attempt.cost,
                     .spent = attempt.spent});
  }

  void record_start(const BoundLine& line) {
    const auto text = recorded_text(script_->source.text(line.line_span));
    environment_.recorder->command_started(
        {.line = script_->source.position(line.line_span.offset).line, .text = text});
  }

  /// What went wrong when the recorder was told how the command ended.
  std::optional<Error> record_end(const std::optional<Error>& failure) {
    if (environment_.recorder == nullptr || (failure && is_of_recorder(*failure))) return std::nullopt;
    try {
      environment_.recorder->command_ended(failure ? &*failure : nullptr);
    } catch (const Error& error) {
      return error;
    }
    return std::nullopt;
  }

  /// A line that is no command. True for an unknown command, which GPShell passes over, and with -noStop.
  bool report_unbound(const BoundLine& line) {
    const bool harmless = line.info == nullptr && !has_errors(line.diagnostics);
    const bool goes_on = harmless || line.no_stop;
    print_end(line, {}, goes_on ? CommandStatus::passed_over : CommandStatus::failed);
    if (!harmless) {
      print_reasons(line, goes_on);
      exit_code_ = 2;
      failure_.reset();
    }
    return goes_on;
  }

  /// Why a line is no command. Where the script stops for it, at least one is an error, also with --lenient.
  void print_reasons(const BoundLine& line, bool goes_on) {
    const bool told_as_error = goes_on || has_errors(line.diagnostics);
    for (auto diagnostic : line.diagnostics) {
      if (!told_as_error && diagnostic.severity == Severity::warning) diagnostic.severity = Severity::error;
      diagnostics_.print(diagnostic, script_->source);
    }
  }

  /// Whether a script goes on after this failure although nobody wrote -noStop.
  static bool tolerates(const CommandInfo& info, const Error& error) {
    if (info.on_failure == OnFailure::stop) return false;
    if (info.tolerated.empty()) return true;
    if (error.code() == "key-selection") return true;  // GPShell goes on, and nothing was sent
    const auto& exchange = error.facts().exchange;
    return error.code() == "card-status" && exchange && exchange->sw &&
           std::ranges::find(info.tolerated, exchange->sw->value()) != info.tolerated.end();
  }

  static bool may_go_on(const BoundLine& line, const Error& error) {
    return !ends_the_run(error) && (line.no_stop || tolerates(*line.info, error));
  }

  /// Prints the failure in both places. True when the script goes on.
  bool on_error(const BoundLine& line, const Attempt& attempt) {
    const auto& error = *attempt.failure;
    auto diagnostic = diagnose(error, line.name_span);
    recorder_failed_ = recorder_failed_ || is_of_recorder(error);
    const bool goes_on = may_go_on(line, error);
    print_end(line, attempt, goes_on ? CommandStatus::passed_over : CommandStatus::failed);
    if (goes_on) diagnostic.severity = Severity::warning;
    diagnostics_.print(diagnostic, script_->source);
    if (line.info->on_failure == OnFailure::stop || !goes_on) {
      exit_code_ = exit_code(error.kind());
      failure_ = error;
    }
    return goes_on;
  }

  void on_remark(const Remark& remark) {
    Diagnostic diagnostic{
        .severity = remark.severity, .code = remark.code, .text = remark.text, .advice = remark.advice};
    if (line_ == nullptr) return diagnostics_.print(diagnostic);
    const bool allowed = std::ranges::find(line_->allowed, remark.code) != line_->allowed.end();
    if (allowed && remark.severity != Severity::error) return;
    diagnostic.span = line_->name_span;
    diagnostics_.print(diagnostic, script_->source);
  }

  RunEnvironment& environment_;
  DiagnosticSink& diagnostics_;
  std::optional<BoundScript> script_;  ///< the text that runs or ran last, and its line; the end of the state
                                       ///< may have something to say of it
  const BoundLine* line_ = nullptr;
  std::unique_ptr<RunPrinter> printer_;
  ScriptObserver observer_;
  SessionState state_;
  PlainCommands plain_commands_;
  LineEcho line_echo_ = LineEcho::on;
  int exit_code_ = 0;
  std::optional<Error> failure_;  ///< of the exit code
  bool recorder_failed_ = false;
};

Run::Run(RunEnvironment& environment, DiagnosticSink& diagnostics)
    : execution_(std::make_unique<Execution>(environment, diagnostics)) {}

Run::~Run() = default;

int Run::execute(BoundScript script, LineEcho echo) {
  return execution_->run_all(std::move(script), echo);
}

const std::optional<Error>& Run::failure() const {
  return execution_->failure();
}

SessionState& Run::state() {
  return execution_->state();
}

bool Run::recorded() const {
  return execution_->recorded();
}

int execute(BoundScript script, RunEnvironment& environment, DiagnosticSink& diagnostics) {
  return run_to_end(std::move(script), environment, diagnostics).exit_code;
}

RunOutcome run_to_end(BoundScript script, RunEnvironment& environment, DiagnosticSink& diagnostics) {
  bool recorded = false;
  RunOutcome outcome;
  {
    Run run(environment, diagnostics);
    outcome.exit_code = run.execute(std::move(script), LineEcho::on);
    outcome.failure = run.failure();
    outcome.cost = run.state().wire_cost();
    recorded = run.recorded();
  }  // the card is disconnected
  gp::scrub_stack();
  if (recorded) environment.recorder->run_ended(outcome.exit_code);
  return outcome;
}

}  // namespace gpsh::interpreter
