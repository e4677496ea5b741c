// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gp/ledger.h"
#include "interpreter/start_gate.h"

namespace gpsh::interpreter {

/// Another ledger, and a gate that hears how the attempts of one card end. Both outlive it. An attempt that
/// is under way when it is destroyed has failed.
class WatchedLedger final : public gp::Ledger {
 public:
  WatchedLedger(gp::Ledger& inner, StartGate& gate) : inner_(inner), gate_(gate) {}
  ~WatchedLedger() override;
  WatchedLedger(const WatchedLedger&) = delete;
  WatchedLedger& operator=(const WatchedLedger&) = delete;

  [[nodiscard]] bool has_open_attempts(ByteView atr) override { return inner_.has_open_attempts(atr); }
  [[nodiscard]] gp::BegunAttempt begin(const gp::AttemptPlace& place, gp::OverLimit over_limit) override;
  [[nodiscard]] unsigned identify(gp::AttemptId id, const gp::CardIdentity& identity) override {
    return inner_.identify(id, identity);
  }
  void withdraw(gp::AttemptId id) override;
  void succeed(gp::AttemptId id) override;

  /// The reader has failed, not the attempt that is under way.
  void reader_failed() { under_way_ = false; }

 private:
  gp::Ledger& inner_;
  StartGate& gate_;
  bool under_way_ = false;
};

}  // namespace gpsh::interpreter
