// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace gpsh::interpreter {

/// gpsh ledger [show|clear], as the command line says it.
struct LedgerCommand {
  bool clear = false;               ///< else show
  std::vector<std::int64_t> ids{};  ///< to clear these
  bool all = false;                 ///< to clear everything
  std::string format = "text";      ///< of show: text or json
};

/// Lists the user's open authentication attempts, or removes some. Returns the exit code. Throws Error
/// (usage) for an attempt that is not there, Error (file) for a ledger that cannot be used.
[[nodiscard]] int run_ledger(const LedgerCommand& command);

}  // namespace gpsh::interpreter
