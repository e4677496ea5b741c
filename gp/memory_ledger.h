// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "gp/ledger.h"

namespace gpsh::gp {

/// A ledger that lasts as long as the object. Not thread-safe.
class MemoryLedger final : public Ledger {
 public:
  [[nodiscard]] bool has_open_attempts(ByteView atr) override;
  [[nodiscard]] BegunAttempt begin(const AttemptPlace& place, OverLimit over_limit) override;
  [[nodiscard]] unsigned identify(AttemptId id, const CardIdentity& identity) override;
  void withdraw(AttemptId id) override;
  void succeed(AttemptId id) override;

  [[nodiscard]] const std::vector<OpenAttempt>& open_attempts() const { return open_; }

 private:
  std::vector<OpenAttempt> open_;
  AttemptId last_id_ = 0;
};

}  // namespace gpsh::gp
