// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "interpreter/diagnostic_sink.h"
#include "interpreter/main_key_arguments.h"

namespace gpsh::interpreter {

/// gpsh report: a recording or log as one HTML page.
struct ReportCommand {
  std::vector<std::string> logs{};  ///< one, or with `difference` two
  bool difference = false;          ///< --diff
  std::string page{};               ///< empty: named like the first log, in the current folder; "-": stdout
  KeyArguments keys{};
};

/// Adds LOG, --diff, -o and the keys. `command` outlives the parsing.
void add_report_options(CLI::App& app, ReportCommand& command);

/// Writes the page; 0. A page that gpsh wrote before is replaced, another file never. Throws Error (file):
/// "unreadable-log", "empty-log", "report-exists", "report-failed"; (usage): "usage", "key-value",
/// "key-derivation".
[[nodiscard]] int run_report(const ReportCommand& command, DiagnosticSink& diagnostics);

}  // namespace gpsh::interpreter
