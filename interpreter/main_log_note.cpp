// SPDX-License-Identifier: Apache-2.0
#include "interpreter/main_log_note.h"

#include <fmt/format.h>

namespace gpsh::interpreter {

std::optional<Diagnostic> log_note(const std::string& file, const sessions::ImportSummary& summary) {
  if (summary.not_understood == 0) return std::nullopt;
  const auto place = summary.cut ? fmt::format("; the one in line {} was cut", summary.cut->line) : "";
  return Diagnostic{
      .severity = Severity::note,
      .code = "log-entries",
      .text = fmt::format("{}: {} {} of the log could not be used{}", file, summary.not_understood,
                          summary.not_understood == 1 ? "entry" : "entries", place)};
}

Diagnostic no_initialize_update(const std::string& file) {
  return {.severity = Severity::warning,
          .code = "no-initialize-update",
          .text = file + " has no INITIALIZE UPDATE with its host challenge and a good answer",
          .advice = std::string(sessions::kLogsThatAreRead)};
}

}  // namespace gpsh::interpreter
