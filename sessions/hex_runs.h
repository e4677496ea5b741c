// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "core/bytes.h"

namespace gpsh::sessions {

/// The bytes that stand in a line of any tool's log: words of whole bytes of hex digits, with nothing but
/// blanks and commas between them, are one run. Another word, another character or an odd number of digits
/// ends it.
[[nodiscard]] std::vector<Bytes> hex_runs(std::string_view line);

}  // namespace gpsh::sessions
