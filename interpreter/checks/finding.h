// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "gp/detection.h"
#include "interpreter/bind.h"

namespace gpsh::interpreter::checks {

/// What a rule has to say of a line. The code must stand in the table of codes.h.
struct Finding {
  Severity severity = Severity::warning;
  std::string_view code{};
  std::string text{};
  std::string advice{};
  std::string_view option{};  ///< the message points at its value; empty or not given: at the command's name
};

void report(BoundLine& line, Finding finding);

/// Whether the line has a diagnostic of this code.
[[nodiscard]] bool said(const BoundLine& line, std::string_view code);

/// For what will certainly fail: an error, but a warning where the script goes on after the failure.
[[nodiscard]] Severity where_it_fails(const BoundLine& line);

/// For commands that Open Platform 2.0.1 does not have.
void need_mode_211(gp::CardMode mode, BoundLine& line);

}  // namespace gpsh::interpreter::checks
