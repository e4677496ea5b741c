// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

#include "core/error.h"
#include "core/observer.h"

namespace gpsh {

/// A command of a script that is about to run.
struct StartedCommand {
  std::size_t line = 0;     ///< in the script, 1 is the first
  std::string_view text{};  ///< the line without comment; values that may be secret are `<hidden>`
};

/// Told what a run of a script does, in order: every command with what it exchanges, how it ended, and the
/// exit code. Views and references are valid during the call only. An Error it throws ends the run before
/// anything more is sent.
class RunRecorder : public Observer {
 public:
  virtual void command_started(const StartedCommand& command) = 0;
  /// `failure` is null when the command ended well.
  virtual void command_ended(const Error* failure) = 0;
  virtual void run_ended(int exit_code) = 0;
};

}  // namespace gpsh
