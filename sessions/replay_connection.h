// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "core/connection.h"
#include "sessions/replay_tape.h"

namespace gpsh::sessions {

/// A card that answers from a log or recording, strictly in its order.
class ReplayConnection final : public Connection {
 public:
  /// Shares the tape with other connections of the run; it must not be null. Throws what ReplayTape::connect
  /// throws. `observer` lives longer; it hears the tape's remarks.
  ReplayConnection(std::shared_ptr<ReplayTape> tape, Observer& observer);

  /// Throws what ReplayTape::answer throws.
  Bytes transmit(ByteView apdu) override;
  /// A log shows no resets; both throw a recorded Error.
  void reset() override;
  void begin_transaction() override;
  [[nodiscard]] ConnectionInfo describe() const override { return card_; }

 private:
  std::shared_ptr<ReplayTape> tape_;
  Observer& observer_;
  ConnectionInfo card_;
};

}  // namespace gpsh::sessions
