// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace gpsh::sessions {

/// What came of replaying one recording as a test.
struct ReplayOutcome {
  std::string file{};     ///< as it was named or found
  std::string reason{};   ///< a stable word, as "replay-mismatch" or "changed-script"; empty: passed
  std::string message{};  ///< where and what; lines after the first are indented by two
  std::chrono::microseconds duration{};

  [[nodiscard]] bool passed() const { return reason.empty(); }
};

/// When and where the replays ran, for JUnit.
struct ReplayRun {
  std::string timestamp{};  ///< 2026-01-31T12:00:00, UTC
  std::string host{};
};

[[nodiscard]] std::size_t passed_count(const std::vector<ReplayOutcome>& outcomes);
/// "N passed, M failed".
[[nodiscard]] std::string replay_summary(const std::vector<ReplayOutcome>& outcomes);

// Each form of all outcomes, in their order; all end with a line end.

/// A line each, messages indented below; the summary last.
[[nodiscard]] std::string replay_text(const std::vector<ReplayOutcome>& outcomes);
/// Test Anything Protocol, version 13; the summary is a comment.
[[nodiscard]] std::string replay_tap(const std::vector<ReplayOutcome>& outcomes);
/// {"recordings": [{file, status, reason, message, us}...], "passed": N, "failed": M}
[[nodiscard]] std::string replay_json(const std::vector<ReplayOutcome>& outcomes);
/// JUnit XML, one suite: what Jenkins, GitLab, GitHub and Ant's schema have in common.
[[nodiscard]] std::string replay_junit(const std::vector<ReplayOutcome>& outcomes, const ReplayRun& run);

}  // namespace gpsh::sessions
