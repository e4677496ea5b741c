// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/process_memory.h"
#include "tests/support/program.h"

namespace gpsh::test {

/// gpsh at a terminal that a test types at: 240 columns, no abilities, UTF-8. Whatever is waited for comes
/// within a minute, or the test fails with what the screen showed.
class PseudoTerminal {
 public:
  PseudoTerminal(const WorkingFolder& folder, const std::vector<std::string>& arguments,
                 Start start = Start::at_once);
  ~PseudoTerminal();
  PseudoTerminal(const PseudoTerminal&) = delete;
  PseudoTerminal& operator=(const PseudoTerminal&) = delete;

  void type(std::string_view text) const;
  /// Waits for this text and passes over it; returns what stood before it. Line ends are \n. Throws
  /// std::runtime_error.
  std::string expect(const std::string& text);
  /// Waits for the end of gpsh. Returns its exit code; -1 when a signal ended it.
  int exit_code();
  /// The same as waitpid() has it.
  int wait_status();
  /// What came after what was expected, once it has ended.
  [[nodiscard]] const std::string& rest() const { return unread_; }
  [[nodiscard]] pid_t process() const { return process_; }
  /// Of a watched start.
  [[nodiscard]] const ProcessMemory& memory() const { return memory_.value(); }

 private:
  /// False at the end of output.
  bool read_more();

  pid_t process_ = -1;
  int terminal_ = -1;
  std::optional<ProcessMemory> memory_;
  std::string screen_;
  std::string unread_;
};

}  // namespace gpsh::test
