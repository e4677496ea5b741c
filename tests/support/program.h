// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "tests/support/temporary_folder.h"

namespace gpsh::test {

/// What a run of the program left behind.
struct ProgramRun {
  int exit_code = -1;
  std::string out;
  std::string err;
};

/// A folder of its own for one test, removed with it. Files are named without a folder.
class WorkingFolder {
 public:
  void write(const std::string& name, const std::string& content) const;
  /// Of a file here.
  [[nodiscard]] std::string path(const std::string& name) const { return folder_.path.string() + "/" + name; }
  /// Runs gpsh (environment variable GPSH_PROGRAM) here with these arguments; `input` is its stdin. GPSH_CARD
  /// and GPSH_READER are unset, the ledger is this folder's own, NAME=VALUE of `environment` set.
  [[nodiscard]] ProgramRun run(const std::vector<std::string>& arguments, const std::string& input = "",
                               const std::vector<std::string>& environment = {}) const;

 private:
  TemporaryFolder folder_;
};

/// Whether the parent traces the program: it then stands still at its exec() until the parent lets it go.
enum class Start { at_once, watched };

/// A child process becomes gpsh in the folder, with the environment of WorkingFolder::run(); stdin and output
/// stay as they are.
[[noreturn]] void become_gpsh(const WorkingFolder& folder, std::vector<std::string> arguments,
                              Start start = Start::at_once);

}  // namespace gpsh::test
