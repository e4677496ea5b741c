// SPDX-License-Identifier: Apache-2.0
#include "sessions/replay_access.h"

#include <utility>

#include "sessions/replay_connection.h"

namespace gpsh::sessions {

ReplayAccess::ReplayAccess(std::shared_ptr<ReplayTape> tape) : tape_(std::move(tape)) {}

void ReplayAccess::establish_context() {
  tape_->call(CardCall::establish_context);
}

void ReplayAccess::release_context() {
  tape_->call(CardCall::release_context);
}

std::vector<ReaderInfo> ReplayAccess::list_readers() {
  return tape_->readers();
}

std::unique_ptr<Connection> ReplayAccess::connect(const ConnectRequest&, Observer& observer) {
  return std::make_unique<ReplayConnection>(tape_, observer);
}

}  // namespace gpsh::sessions
