// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/error.h"
#include "gp/transport.h"
#include "interpreter/bind.h"
#include "interpreter/command_result.h"
#include "interpreter/output.h"

namespace gpsh::interpreter {

/// A line that is about to run.
struct CommandStart {
  const BoundLine& line;
  std::optional<std::string> echo{};  ///< the line as GPShell echoes it, secrets masked; absent for print
};

enum class CommandStatus {
  ok,
  failed,       ///< and the run ends here
  passed_over,  ///< failed, or is no command, and the run goes on
};

/// How a line ended.
struct CommandEnd {
  const BoundLine& line;
  std::size_t number = 0;  ///< of the line, from 1
  CommandStatus status = CommandStatus::ok;
  const Error* error = nullptr;  ///< null also where the line could not be read: its diagnostics say why
  const CommandResult& result;
  gp::WireCost cost{};
  std::optional<std::chrono::milliseconds> spent{};  ///< where GPShell prints it: after enable_timer
};

/// What a run says on stdout of each command: one output format each.
class RunPrinter {
 public:
  virtual ~RunPrinter() = default;
  virtual void started(const CommandStart& start) = 0;
  virtual void ended(const CommandEnd& end) = 0;
  /// Where trace lines go between started() and ended().
  [[nodiscard]] virtual Output& trace() = 0;
};

/// GPShell's text (reference for scripts and their users: docs/compatibility.md).
[[nodiscard]] std::unique_ptr<RunPrinter> make_gpshell_printer(Output& output);
/// One JSON object a line (docs/json-output.md); each begins with the reader, unless that is empty.
[[nodiscard]] std::unique_ptr<RunPrinter> make_json_printer(Output& output, std::string reader);

}  // namespace gpsh::interpreter
