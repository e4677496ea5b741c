// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/error.h"
#include "core/observer.h"

namespace gpsh::test {

/// Keeps every event as one line: "command 80CA006600", "wire ...", "response ...", "unwrapped ...", and
/// remarks.
class CollectingObserver final : public Observer {
 public:
  void command(ByteView plain, ByteView wire, Framing framing) override {
    if (stopping) {
      throw Error({.kind = ErrorKind::card, .code = "interrupted", .message = "stopped before it was sent"});
    }
    lines.push_back("command " + to_hex(plain));
    lines.push_back((framing == Framing::chained ? "chained wire " : "wire ") + to_hex(wire));
  }
  void chained_command(ByteView wire) override { lines.push_back("chunk " + to_hex(wire)); }
  void response(ByteView wire, Framing) override { lines.push_back("response " + to_hex(wire)); }
  void unwrapped(ByteView plain) override { lines.push_back("unwrapped " + to_hex(plain)); }
  void remark(const Remark& remark) override { remarks.push_back(remark); }

  bool stopping = false;  ///< nothing is sent any more
  std::vector<std::string> lines;
  std::vector<Remark> remarks;
};

}  // namespace gpsh::test
