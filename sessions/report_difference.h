// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sessions/session_report.h"

namespace gpsh::sessions {

/// A value that two exchanges do not share; empty on the side that does not have it.
struct FieldDifference {
  std::string name{};
  std::string first{};
  std::string second{};

  friend bool operator==(const FieldDifference&, const FieldDifference&) = default;
};

/// Two exchanges that stand for each other, or one that has none on the other side. The numbers are those of
/// the entries.
struct ExchangePair {
  std::optional<std::size_t> first{};
  std::optional<std::size_t> second{};
  std::vector<FieldDifference> differences{};  ///< of a pair; challenges and what follows from them are none

  [[nodiscard]] bool same() const { return first && second && differences.empty(); }
};

/// Lays two sessions side by side: the same commands, without secure messaging, in the longest order that
/// both have. Between them commands of one name stand for each other. Sessions that share little are paired
/// in their order after kMostEdits.
inline constexpr std::size_t kMostEdits = 2000;
[[nodiscard]] std::vector<ExchangePair> compare_sessions(const SessionReport& first,
                                                         const SessionReport& second);

}  // namespace gpsh::sessions
