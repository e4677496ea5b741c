// SPDX-License-Identifier: Apache-2.0
#include "interpreter/checks/finding.h"

#include <fmt/format.h>

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

void need_mode_211(gp::CardMode mode, BoundLine& line) {
  if (mode == gp::CardMode::global_platform_211) return;
  report(line, {.severity = where_it_fails(line),
                .code = "needs-mode-211",
                .text = fmt::format(
                    "{} belongs to GlobalPlatform 2.1.1 and later; mode_201 sends nothing for it", line.name),
                .advice = "put mode_211 before card_connect"});
}

}  // namespace gpsh::interpreter::checks
