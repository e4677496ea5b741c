// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "tests/support/process_memory.h"
#include "tests/support/program.h"

namespace gpsh::test {

/// gpsh under way, with its memory to look at. Its stdout is a pipe that holds 4 KiB, its stdin the file
/// `input` of the folder, its stderr the file "err".
class WatchedProgram {
 public:
  WatchedProgram(const WorkingFolder& folder, const std::vector<std::string>& arguments,
                 const std::string& input);
  ~WatchedProgram();
  WatchedProgram(const WatchedProgram&) = delete;
  WatchedProgram& operator=(const WatchedProgram&) = delete;

  /// Reads stdout until this text stands at its end. As long as much more is to be printed, gpsh cannot end.
  /// Throws std::runtime_error when stdout ends before.
  void read_until(const std::string& text) const;
  /// Reads the rest of stdout until gpsh is about to end: all of its memory is there still.
  void run_to_the_end();
  /// After run_to_the_end(): lets it end. Returns its exit code; -1 when a signal ended it.
  int exit_code();
  [[nodiscard]] const ProcessMemory& memory() const { return memory_.value(); }

 private:
  pid_t process_ = -1;
  int out_ = -1;
  std::optional<ProcessMemory> memory_;
};

}  // namespace gpsh::test
