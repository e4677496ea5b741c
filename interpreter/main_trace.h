// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "interpreter/exchange_writer.h"
#include "interpreter/main_options.h"
#include "interpreter/output.h"

namespace gpsh::interpreter {

/// --trace; GPShell's without one.
[[nodiscard]] TraceStyle trace_style(const CommandLine& line);

/// The words of `gpsh explain`, as wide as the terminal; in colour on one, unless NO_COLOR or a format other
/// than text forbids it.
[[nodiscard]] const ExchangeWriter& exchange_writer(OutputFormat format);

}  // namespace gpsh::interpreter
