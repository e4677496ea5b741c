// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "interpreter/checks/codes.h"

namespace gpsh::interpreter::run_codes {

/// Codes of one subject. What only a run or a word of gpsh says is declared here, one file a subject; what
/// the check says too is in checks/code_table.
struct Topic {
  std::string_view title;
  std::span<const checks::Code> codes;  ///< sorted
};

[[nodiscard]] std::span<const Topic> topics();

[[nodiscard]] std::span<const checks::Code> readers();
[[nodiscard]] std::span<const checks::Code> opening();
[[nodiscard]] std::span<const checks::Code> opening_remarks();
[[nodiscard]] std::span<const checks::Code> responses();
[[nodiscard]] std::span<const checks::Code> content();
[[nodiscard]] std::span<const checks::Code> keys();
[[nodiscard]] std::span<const checks::Code> ledger();
[[nodiscard]] std::span<const checks::Code> recordings();
[[nodiscard]] std::span<const checks::Code> replays();
[[nodiscard]] std::span<const checks::Code> logs();
[[nodiscard]] std::span<const checks::Code> virtual_card();
[[nodiscard]] std::span<const checks::Code> program();
[[nodiscard]] std::span<const checks::Code> faults();

/// One line a code, by topic, for a terminal.
[[nodiscard]] std::string overview();
/// docs/codes.md.
[[nodiscard]] std::string markdown();

}  // namespace gpsh::interpreter::run_codes
