// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "gp/ledger.h"
#include "sessions/replay_tape.h"

namespace gpsh::sessions {

/// Answers as the ledger of the recorded run did, as far as the recording shows it: whether the card's data
/// was read, and whether the attempt was refused. Counts nothing and stores nothing.
class ReplayLedger final : public gp::Ledger {
 public:
  /// The tape is that of the connections; it must not be null.
  explicit ReplayLedger(std::shared_ptr<const ReplayTape> tape) : tape_(std::move(tape)) {}

  [[nodiscard]] bool has_open_attempts(ByteView atr) override;
  [[nodiscard]] gp::BegunAttempt begin(const gp::AttemptPlace& place, gp::OverLimit over_limit) override;
  [[nodiscard]] unsigned identify(gp::AttemptId id, const gp::CardIdentity& identity) override;
  void withdraw(gp::AttemptId) override {}
  void succeed(gp::AttemptId) override {}

 private:
  [[nodiscard]] bool refused_here() const;

  std::shared_ptr<const ReplayTape> tape_;
};

}  // namespace gpsh::sessions
