// SPDX-License-Identifier: Apache-2.0
#include "sessions/replay_connection.h"

#include <utility>

namespace gpsh::sessions {

ReplayConnection::ReplayConnection(std::shared_ptr<ReplayTape> tape, Observer& observer)
    : tape_(std::move(tape)), observer_(observer), card_(tape_->connect()) {}

Bytes ReplayConnection::transmit(ByteView apdu) {
  auto response = tape_->answer(apdu);
  if (const auto remark = tape_->take_remark()) observer_.remark(*remark);
  return response;
}

void ReplayConnection::reset() {
  tape_->call(CardCall::reset);
}

void ReplayConnection::begin_transaction() {
  tape_->call(CardCall::transaction);
}

}  // namespace gpsh::sessions
