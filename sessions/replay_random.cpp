// SPDX-License-Identifier: Apache-2.0
#include "sessions/replay_random.h"

#include <utility>

namespace gpsh::sessions {

ReplayRandom::ReplayRandom(std::shared_ptr<ReplayTape> tape) : tape_(std::move(tape)) {}

Bytes ReplayRandom::bytes(std::size_t count) {
  return tape_->host_challenge(count);
}

}  // namespace gpsh::sessions
