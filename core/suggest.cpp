// SPDX-License-Identifier: Apache-2.0
#include "core/suggest.h"

#include <algorithm>
#include <cctype>
#include <numeric>
#include <string>
#include <utility>

namespace gpsh {
namespace {

constexpr std::size_t kLongestWord = 64;

std::string folded(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(),
                         [](unsigned char c) { return c == '-' ? '_' : std::tolower(c); });
  return lower;
}

/// Edit distance in which two neighbours that changed places count as one edit (optimal string alignment).
std::size_t distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> before;
  std::vector<std::size_t> above;
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before = std::exchange(above, row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const auto replace = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, replace});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row.back();
}

/// The only candidate that goes on from `wanted`.
std::optional<std::string_view> only_beginning(const std::string& wanted,
                                               const std::vector<std::string_view>& candidates) {
  constexpr std::size_t kFewestLetters = 2;
  const auto letters = std::ranges::count_if(wanted, [](unsigned char c) { return std::isalpha(c) != 0; });
  if (static_cast<std::size_t>(letters) < kFewestLetters) return std::nullopt;
  std::optional<std::string_view> found;
  for (const auto candidate : candidates) {
    if (!folded(candidate).starts_with(wanted)) continue;
    if (found) return std::nullopt;
    found = candidate;
  }
  return found;
}

}  // namespace

std::optional<std::string_view> suggest(std::string_view text,
                                        const std::vector<std::string_view>& candidates) {
  if (text.size() > kLongestWord) return std::nullopt;
  const auto wanted = folded(text);
  if (const auto only = only_beginning(wanted, candidates)) return only;
  std::optional<std::string_view> best;
  auto best_distance = std::max<std::size_t>(1, text.size() / 3) + 1;
  for (const auto candidate : candidates) {
    const auto d = distance(wanted, folded(candidate));
    if (d < best_distance) {
      best = candidate;
      best_distance = d;
    }
  }
  return best;
}

}  // namespace gpsh
