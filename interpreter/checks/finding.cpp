// SPDX-License-Identifier: Apache-2.0
#include "interpreter/checks/finding.h"

#include <algorithm>

namespace gpsh::interpreter::checks {

void report(BoundLine& line, Finding finding) {
  const auto* option = finding.option.empty() ? nullptr : line.given(finding.option);
  line.diagnostics.push_back({.severity = finding.severity,
                              .code = finding.code,
                              .text = std::move(finding.text),
                              .span = option != nullptr ? option->value : line.name_span,
                              .advice = std::move(finding.advice)});
}

bool said(const BoundLine& line, std::string_view code) {
  return std::ranges::find(line.diagnostics, code, &Diagnostic::code) != line.diagnostics.end();
}

Severity where_it_fails(const BoundLine& line) {
  const bool goes_on = line.no_stop || line.name == "send_apdu_nostop";
  return goes_on ? Severity::warning : Severity::error;
}

}  // namespace gpsh::interpreter::checks
