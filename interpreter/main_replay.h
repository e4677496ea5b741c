// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "interpreter/main_keys_file.h"

namespace gpsh::interpreter {

/// gpsh replay as typed.
struct ReplayCommand {
  std::vector<std::string> paths{};  ///< recordings, or folders of them
  std::string junit{};               ///< file to write; empty: none
  std::string format = "text";       ///< text, tap or json
  unsigned jobs = 0;                 ///< replays at a time; 0: one per processor
};

/// Replays recordings as tests and tells what came of each. Of a folder: every *.jsonl in it and below. Exit
/// code 0 when all passed, else 1. Throws Error (usage, "no-recordings") when there is none, Error (file)
/// when a path is not there or the JUnit file cannot be written.
[[nodiscard]] int run_replays(const ReplayCommand& command, const KeysFile& keys);

}  // namespace gpsh::interpreter
