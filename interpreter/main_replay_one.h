// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "interpreter/main_keys_file.h"
#include "sessions/replay_report.h"

namespace gpsh::interpreter {

/// Runs the script of one recording against it. Everything that is wrong is an outcome: "bad-recording",
/// "missing-script", "changed-script", "script-errors", what a ReplayJudge and the tape find. Shares nothing
/// with another call in another thread; touches no reader and no ledger.
[[nodiscard]] sessions::ReplayOutcome replay_recording(const std::string& path, const KeysFile& keys);

}  // namespace gpsh::interpreter
