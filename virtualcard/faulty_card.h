// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <chrono>
#include <functional>
#include <vector>

#include "core/connection.h"
#include "virtualcard/fault.h"
#include "virtualcard/procedure_bytes.h"

namespace gpsh::virtualcard {

/// Lets time pass: sleeps, or only counts in tests.
using Waiter = std::function<void(std::chrono::microseconds)>;
void sleep_for(std::chrono::microseconds time);

/// A card that goes wrong when told. Passes everything else to `card`, which outlives it. A removed or mute
/// card throws Error (reader, "card-removed" or "timeout") until the next reset.
class FaultyCard final : public Connection {
 public:
  FaultyCard(Connection& card, std::vector<Fault> faults, Waiter wait = sleep_for);

  Bytes transmit(ByteView apdu) override;
  void reset() override;
  [[nodiscard]] ConnectionInfo describe() const override { return card_.describe(); }

 private:
  enum class Presence { there, removed, mute };

  [[nodiscard]] std::vector<Fault> faults_of(ByteView apdu);
  void need_presence() const;
  void take_time(const std::vector<Fault>& faults, std::size_t bytes) const;
  [[nodiscard]] Bytes spoil(const Fault& fault, ByteView apdu, Bytes response);

  Connection& card_;
  std::vector<Fault> faults_;
  Waiter wait_;
  unsigned commands_ = 0;
  std::array<unsigned, 256> commands_with_ins_{};
  Presence presence_ = Presence::there;
  ProcedureBytes procedure_;
};

}  // namespace gpsh::virtualcard
