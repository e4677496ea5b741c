// SPDX-License-Identifier: Apache-2.0
#include "interpreter/check.h"

#include <algorithm>
#include <utility>

#include "interpreter/checks/allow.h"
#include "interpreter/checks/finding.h"
#include "interpreter/checks/rules.h"

namespace gpsh::interpreter {
namespace {

Diagnostic empty_script() {
  return {.severity = Severity::error,
          .code = "empty-script",
          .text = "there is no command in this script",
          .advice = "write at least one; gpsh help lists the commands",
          .kind = ErrorKind::syntax};
}

/// What GPShell tells at run time and then goes on, or tells at run time in the lenient form, does not hold
/// up the run.
void leave_to_the_run(BoundLine& line, Strictness strictness) {
  if (!line.no_stop && strictness == Strictness::strict) return;
  for (auto& diagnostic : line.diagnostics) {
    if (!diagnostic.gpshell_line.empty()) diagnostic.severity = Severity::warning;
  }
}

/// GPShell never reads what stands behind exit, so nothing there is an error.
void soften(BoundLine& line) {
  for (auto& diagnostic : line.diagnostics)
    diagnostic.severity = std::min(diagnostic.severity, Severity::warning);
}

void tell_unreachable(BoundLine& line) {
  checks::report(line, {.severity = Severity::note,
                        .code = "unreachable",
                        .text = "this line and those below are never reached: exit stands before them",
                        .advice = "remove them, or the exit"});
}

/// One script on its way through the rules.
class Walk {
 public:
  explicit Walk(const CheckRequest& request) : strictness_(request.strictness), known_(request.known) {}

  void visit(BoundLine& line) {
    if (known_.finished) {
      soften(line);
      if (!std::exchange(told_unreachable_, true)) tell_unreachable(line);
      return;
    }
    leave_to_the_run(line, strictness_);
    checks::check_order(known_, line);
    checks::check_channel(known_, line);
    checks::check_keys(known_, line);
    checks::check_content(known_, line);
    checks::check_data(known_, line);
    known_.advance(line);
  }

 private:
  Strictness strictness_;
  checks::Known known_;
  bool told_unreachable_ = false;
};

}  // namespace

BoundScript check(Source source, const CheckRequest& request) {
  BoundScript script{.source = std::move(source), .lines = {}, .diagnostics = {}};
  auto parsed = parse(script.source);
  script.diagnostics = std::move(parsed.diagnostics);
  if (has_errors(script.diagnostics)) return script;
  const bool whole = request.end == TextEnd::of_script;
  if (whole && parsed.lines.empty()) script.diagnostics.push_back(empty_script());
  Walk walk(request);
  script.lines.reserve(parsed.lines.size());
  for (const auto& line : parsed.lines) {
    auto& bound =
        script.lines.emplace_back(bind_line(script.source, line, request.environment, request.strictness));
    checks::read_allowed(line, bound);
    walk.visit(bound);
    if (request.display == SecretDisplay::shown) continue;
    for (const auto& secret : bound.secrets) script.source.hide(secret.span);
  }
  if (whole) checks::check_selectable(script.lines);
  checks::check_plain_commands(script.lines, request.known);
  for (auto& line : script.lines) {
    checks::drop_allowed(line);
    script.diagnostics.insert(script.diagnostics.end(), line.diagnostics.begin(), line.diagnostics.end());
  }
  return script;
}

BoundScript check(Source source, const Environment& environment, Strictness strictness,
                  SecretDisplay display) {
  return check(std::move(source), {.environment = environment, .strictness = strictness, .display = display});
}

}  // namespace gpsh::interpreter
