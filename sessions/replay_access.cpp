// SPDX-License-Identifier: Apache-2.0
#include "sessions/replay_access.h"

#include <utility>

#include "sessions/replay_connection.h"

namespace gpsh::sessions {

ReplayAccess::ReplayAccess(std::shared_ptr<ReplayTape> tape) : tape_(std::move(tape)) {}

std::vector<ReaderInfo> ReplayAccess::list_readers() {
  const auto info = ReplayConnection(tape_).describe();
  return {{.name = info.reader, .atr = info.atr}};
}

std::unique_ptr<Connection> ReplayAccess::connect(const ConnectRequest&, Observer&) {
  return std::make_unique<ReplayConnection>(tape_);
}

}  // namespace gpsh::sessions
