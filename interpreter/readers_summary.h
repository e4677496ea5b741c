// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "interpreter/run_on_readers.h"

namespace gpsh::interpreter {

/// `=== TEXT ===` with a line end: stands before what a reader's run said.
[[nodiscard]] std::string reader_label(std::string_view text);

/// A table of all readers, and a line that counts them; ends with a line end.
[[nodiscard]] std::string readers_summary(const std::vector<ReaderReport>& reports);
/// One JSON object a reader, each on a line of its own (docs/json-output.md).
[[nodiscard]] std::string readers_summary_json(const std::vector<ReaderReport>& reports);

}  // namespace gpsh::interpreter
