// SPDX-License-Identifier: Apache-2.0
#include "interpreter/diagnostic.h"

#include <fmt/format.h>

#include <algorithm>

namespace gpsh::interpreter {
namespace {

/// The Error's own. What reads a card's bytes knows no advice, and it is always the same.
std::string advice_of(const ErrorFacts& facts) {
  const bool refused = facts.exchange && facts.exchange->sw;
  if (!facts.advice.empty() || facts.kind != ErrorKind::card || refused) return facts.advice;
  return "the card's answer is damaged, or not what the specification says; enable_trace shows it";
}

}  // namespace

bool has_errors(const std::vector<Diagnostic>& diagnostics) {
  return std::ranges::any_of(diagnostics, [](const auto& one) { return one.severity == Severity::error; });
}

std::size_t count(const std::vector<Diagnostic>& diagnostics, Severity severity) {
  return static_cast<std::size_t>(std::ranges::count(diagnostics, severity, &Diagnostic::severity));
}

std::string_view severity_word(Severity severity) {
  switch (severity) {
    case Severity::note: return "note";
    case Severity::warning: return "warning";
    case Severity::error: break;
  }
  return "error";
}

Diagnostic diagnose(const Error& error, std::optional<Span> span) {
  const auto& facts = error.facts();
  Diagnostic diagnostic{.severity = Severity::error,
                        .code = facts.code,
                        .text = facts.message,
                        .span = span,
                        .advice = advice_of(facts),
                        .kind = facts.kind};
  if (facts.exchange && !facts.exchange->apdu.empty()) {
    diagnostic.facts.push_back(
        "sent " + to_hex(facts.exchange->apdu) +
        (facts.exchange->sw ? ", answered " + facts.exchange->sw->text() : ", no answer"));
  }
  return diagnostic;
}

Diagnostic diagnose_path(const std::filesystem::filesystem_error& error) {
  return {.severity = Severity::error,
          .code = "unreachable-path",
          .text = fmt::format("cannot look at {}: {}", error.path1().string(), error.code().message()),
          .advice = "check the name and the permissions of its folders",
          .kind = ErrorKind::file};
}

Diagnostic diagnose_fault(const std::exception& fault) {
  return {.severity = Severity::error,
          .code = "internal",
          .text = std::string("a fault of gpsh: ") + fault.what(),
          .advice = "please report it with the command line and the script",
          .kind = ErrorKind::internal};
}

int exit_code(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::syntax:
    case ErrorKind::usage:
    case ErrorKind::file: return 2;
    case ErrorKind::reader: return 3;
    case ErrorKind::card:
    case ErrorKind::security: return 1;
    case ErrorKind::internal: break;
  }
  return 70;
}

}  // namespace gpsh::interpreter
