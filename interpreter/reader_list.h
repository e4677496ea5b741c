// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/card_access.h"

namespace gpsh::interpreter {

/// What gpsh readers prints: number and name of each, and below them the ATR of its card.
[[nodiscard]] std::string reader_list(const std::vector<ReaderInfo>& readers);
/// The same as a JSON list (docs/json-output.md).
[[nodiscard]] std::string reader_list_json(const std::vector<ReaderInfo>& readers);

}  // namespace gpsh::interpreter
