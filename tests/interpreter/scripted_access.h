// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>

#include "core/card_access.h"
#include "tests/support/scripted_connection.h"

namespace gpsh::test {

/// One reader; each connect gets what `next` makes, and is counted.
class ScriptedAccess final : public CardAccess {
 public:
  explicit ScriptedAccess(std::function<std::unique_ptr<Connection>()> next) : next_(std::move(next)) {}
  /// Every connection is a fresh copy of `card`.
  explicit ScriptedAccess(const ScriptedConnection& card)
      : next_([card] { return std::make_unique<ScriptedConnection>(card); }) {}

  void establish_context() override { ++contexts; }
  void release_context() override { --contexts; }
  [[nodiscard]] std::vector<ReaderInfo> list_readers() override {
    return {{.name = "Scripted Reader", .atr = hex("3B00")}};
  }
  [[nodiscard]] std::unique_ptr<Connection> connect(const ConnectRequest& request, Observer&) override {
    requests.push_back(request);
    return next_();
  }

  int contexts = 0;
  std::vector<ConnectRequest> requests;

 private:
  std::function<std::unique_ptr<Connection>()> next_;
};

}  // namespace gpsh::test
