// SPDX-License-Identifier: Apache-2.0
#include "sessions/longest_order.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <optional>

namespace gpsh::sessions {
namespace {

using Texts = std::vector<std::string>;
using Matches = std::vector<std::pair<std::size_t, std::size_t>>;

/// How far into the first list each diagonal (position in the first less that in the second) was reached with
/// some number of edits: -edits, -edits + 2, ... edits, of which only every other is set.
class Reached {
 public:
  explicit Reached(std::int64_t edits)
      : edits_(edits), ends_(static_cast<std::size_t>(2 * edits + 1), std::int64_t{-1}) {}

  [[nodiscard]] std::int64_t at(std::int64_t diagonal) const {
    return diagonal < -edits_ || diagonal > edits_ ? -1 : ends_[index(diagonal)];
  }
  void set(std::int64_t diagonal, std::int64_t end) { ends_[index(diagonal)] = end; }
  /// Where the next edit comes from onto this diagonal: +1 is a text of the second list left out.
  [[nodiscard]] std::int64_t origin(std::int64_t diagonal) const {
    return at(diagonal + 1) > at(diagonal - 1) ? diagonal + 1 : diagonal - 1;
  }
  /// Where it starts there.
  [[nodiscard]] std::int64_t start(std::int64_t diagonal) const {
    const auto from = origin(diagonal);
    return from > diagonal ? at(from) : at(from) + 1;
  }
  /// The diagonal on which most was read of both lists.
  [[nodiscard]] std::int64_t furthest() const {
    std::int64_t best = -1;
    std::int64_t on = -edits_;
    for (auto diagonal = -edits_; diagonal <= edits_; diagonal += 2) {
      const auto read = at(diagonal) < 0 ? -1 : 2 * at(diagonal) - diagonal;
      if (read <= best) continue;
      best = read;
      on = diagonal;
    }
    return on;
  }

 private:
  [[nodiscard]] std::size_t index(std::int64_t diagonal) const {
    return static_cast<std::size_t>(diagonal + edits_);
  }

  std::int64_t edits_;
  std::vector<std::int64_t> ends_;
};

class Search {
 public:
  Search(const Texts& first, const Texts& second) : first_(first), second_(second) {}

  Matches matches(std::size_t most_edits) {
    std::int64_t last = 0;
    reached_.emplace_back(0);
    reached_.front().set(0, slide(0, 0));
    auto diagonal = found_end(0);
    for (std::size_t edits = 1; !diagonal && edits <= most_edits; ++edits) {
      last = static_cast<std::int64_t>(edits);
      extend(last);
      diagonal = found_end(last);
    }
    return walk_back(last, diagonal.value_or(reached_.back().furthest()));
  }

 private:
  [[nodiscard]] std::int64_t size_of(const Texts& texts) const {
    return static_cast<std::int64_t>(texts.size());
  }
  /// Along equal texts as far as they go.
  [[nodiscard]] std::int64_t slide(std::int64_t at, std::int64_t diagonal) const {
    while (at < size_of(first_) && at - diagonal < size_of(second_) &&
           first_[static_cast<std::size_t>(at)] == second_[static_cast<std::size_t>(at - diagonal)]) {
      ++at;
    }
    return at;
  }
  void extend(std::int64_t edits) {
    Reached next(edits);
    const auto& before = reached_.back();
    for (auto diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const auto at = before.start(diagonal);
      // Past the end of a list there is nothing to find.
      const bool inside =
          at >= 0 && at <= size_of(first_) && at - diagonal >= 0 && at - diagonal <= size_of(second_);
      if (inside) next.set(diagonal, slide(at, diagonal));
    }
    reached_.push_back(std::move(next));
  }
  [[nodiscard]] std::optional<std::int64_t> found_end(std::int64_t edits) const {
    const auto wanted = size_of(first_) - size_of(second_);
    const bool there = std::abs(wanted) <= edits && reached_.back().at(wanted) == size_of(first_);
    return there ? std::optional(wanted) : std::nullopt;
  }
  [[nodiscard]] Matches walk_back(std::int64_t edits, std::int64_t diagonal) const {
    Matches matches;
    auto at = reached_[static_cast<std::size_t>(edits)].at(diagonal);
    const auto take_down_to = [&](std::int64_t start) {
      for (; at > start; --at) {
        matches.emplace_back(static_cast<std::size_t>(at - 1), static_cast<std::size_t>(at - 1 - diagonal));
      }
    };
    for (; edits > 0; --edits) {
      const auto& before = reached_[static_cast<std::size_t>(edits - 1)];
      take_down_to(before.start(diagonal));
      diagonal = before.origin(diagonal);
      at = before.at(diagonal);
    }
    take_down_to(0);
    std::ranges::reverse(matches);
    return matches;
  }

  const Texts& first_;
  const Texts& second_;
  std::vector<Reached> reached_;  // with 0, 1, 2 ... edits
};

}  // namespace

Matches longest_common_order(const Texts& first, const Texts& second, std::size_t most_edits) {
  return Search(first, second).matches(most_edits);
}

}  // namespace gpsh::sessions
