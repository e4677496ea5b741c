// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "gp/ledger.h"

namespace gpsh::gp {

/// Counts in `all` for one card that is known by a number of its own, where the card's answers do not tell it
/// from others of its kind.
class KnownCardLedger final : public Ledger {
 public:
  /// `card`: a number that no other card has; not empty.
  KnownCardLedger(std::unique_ptr<Ledger> all, ByteView card);

  /// Never: the caller need not read what tells cards apart.
  [[nodiscard]] bool has_open_attempts(ByteView atr) override;
  [[nodiscard]] BegunAttempt begin(const AttemptPlace& place, OverLimit over_limit) override;
  [[nodiscard]] unsigned identify(AttemptId id, const CardIdentity& identity) override;
  void withdraw(AttemptId id) override { all_->withdraw(id); }
  void succeed(AttemptId id) override { all_->succeed(id); }

 private:
  std::unique_ptr<Ledger> all_;
  Bytes card_;  ///< SHA-256 of the number
};

}  // namespace gpsh::gp
