// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace gpsh {

/// Did you mean: the only candidate that begins with `text`, if it has two letters at least; else the nearest
/// by edit distance (letter case counts little), if near enough.
[[nodiscard]] std::optional<std::string_view> suggest(std::string_view text,
                                                      const std::vector<std::string_view>& candidates);

}  // namespace gpsh
