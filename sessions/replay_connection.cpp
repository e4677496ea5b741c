// SPDX-License-Identifier: Apache-2.0
#include "sessions/replay_connection.h"

#include <utility>

namespace gpsh::sessions {

ReplayConnection::ReplayConnection(std::shared_ptr<ReplayTape> tape)
    : tape_(std::move(tape)), card_(tape_->connect()) {}

Bytes ReplayConnection::transmit(ByteView apdu) {
  return tape_->answer(apdu);
}

void ReplayConnection::reset() {
  tape_->call(CardCall::reset);
}

void ReplayConnection::begin_transaction() {
  tape_->call(CardCall::transaction);
}

}  // namespace gpsh::sessions
