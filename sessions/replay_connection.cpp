// SPDX-License-Identifier: Apache-2.0
#include "sessions/replay_connection.h"

#include <utility>

namespace gpsh::sessions {

ReplayConnection::ReplayConnection(std::shared_ptr<ReplayTape> tape) : tape_(std::move(tape)) {}

Bytes ReplayConnection::transmit(ByteView apdu) {
  return tape_->answer(apdu);
}

ConnectionInfo ReplayConnection::describe() const {
  return {.reader = tape_->reader_name(), .protocol = TransmissionProtocol::t1, .atr = {0x3B, 0x00}};
}

}  // namespace gpsh::sessions
