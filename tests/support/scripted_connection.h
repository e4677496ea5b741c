// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <stdexcept>
#include <string>
#include <utility>

#include "core/connection.h"

namespace gpsh::test {

/// A card that knows its part by heart: each transmit must equal the next command, and gets its answer.
class ScriptedConnection final : public Connection {
 public:
  /// Both as hex; blanks allowed.
  ScriptedConnection& expect(std::string_view command, std::string_view answer) {
    exchanges_.emplace_back(hex(command), hex(answer));
    return *this;
  }
  Bytes transmit(ByteView apdu) override {
    if (exchanges_.empty()) throw std::logic_error("unexpected command " + to_hex(apdu));
    auto [command, answer] = std::move(exchanges_.front());
    exchanges_.pop_front();
    if (!equal(command, apdu)) {
      throw std::logic_error("expected " + to_hex(command) + ", got " + to_hex(apdu));
    }
    return answer;
  }
  void reset() override { ++resets; }
  [[nodiscard]] ConnectionInfo describe() const override { return info; }
  [[nodiscard]] bool done() const { return exchanges_.empty(); }

  ConnectionInfo info{.reader = "Scripted Reader", .protocol = TransmissionProtocol::t1, .atr = hex("3B00")};
  int resets = 0;

 private:
  std::deque<std::pair<Bytes, Bytes>> exchanges_;
};

}  // namespace gpsh::test
