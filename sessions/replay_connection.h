// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "core/connection.h"
#include "sessions/replay_tape.h"

namespace gpsh::sessions {

/// A card that answers from a log, strictly in its order. Always T=1: a GPShell log shows joined answers, so
/// there is never a GET RESPONSE to repeat. The ATR, which logs lack, is the shortest there is.
class ReplayConnection final : public Connection {
 public:
  /// Shares the tape with other connections of the run; it must not be null.
  explicit ReplayConnection(std::shared_ptr<ReplayTape> tape);

  /// Throws what ReplayTape::answer throws.
  Bytes transmit(ByteView apdu) override;
  /// Leaves the tape where it is: logs show no resets.
  void reset() override {}
  [[nodiscard]] ConnectionInfo describe() const override;

 private:
  std::shared_ptr<ReplayTape> tape_;
};

}  // namespace gpsh::sessions
