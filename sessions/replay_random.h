// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "gp/random.h"
#include "sessions/replay_tape.h"

namespace gpsh::sessions {

/// Gives the host challenges a log holds, so that the script sends the recorded INITIALIZE UPDATE again.
class ReplayRandom final : public gp::RandomNumberGenerator {
 public:
  /// The tape is the connections' own: its place says which challenge is next. It must not be null.
  explicit ReplayRandom(std::shared_ptr<ReplayTape> tape);

  /// Throws what ReplayTape::host_challenge throws.
  Bytes bytes(std::size_t count) override;

 private:
  std::shared_ptr<ReplayTape> tape_;
};

}  // namespace gpsh::sessions
