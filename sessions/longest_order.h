// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace gpsh::sessions {

/// The positions of a longest common subsequence of two lists, in their order: E. Myers, "An O(ND) difference
/// algorithm and its variations", 1986. Where more than `most_edits` are needed, as far as those reach from
/// the start.
[[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>> longest_common_order(
    const std::vector<std::string>& first, const std::vector<std::string>& second, std::size_t most_edits);

}  // namespace gpsh::sessions
