// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "core/error.h"
#include "virtualcard/virtual_reader.h"

namespace gpsh::test {

struct SweptExchange {
  Bytes wire;
  std::optional<Bytes> answer{};  ///< absent: there was none

  [[nodiscard]] std::uint8_t ins() const { return wire.size() > 1 ? wire[1] : std::uint8_t{0}; }
  [[nodiscard]] bool accepted() const {
    return answer && answer->size() >= 2 && answer->end()[-2] == 0x90 && answer->end()[-1] == 0x00;
  }
};

/// A virtual card in a reader, everything that reaches it counted. Calls besides exchanges are counted from
/// 1 in the order they come; the one with the number `failing_call` finds the service gone, and so do all
/// after it until the context is established anew.
class SweptReader final : public CardAccess {
 public:
  SweptReader(virtualcard::VirtualReader& reader, std::size_t failing_call)
      : reader_(reader), failing_call_(failing_call) {}

  void establish_context() override {
    gone_ = false;
    call();
    reader_.establish_context();
  }
  void release_context() override { reader_.release_context(); }
  [[nodiscard]] std::vector<ReaderInfo> list_readers() override {
    call();
    return reader_.list_readers();
  }
  [[nodiscard]] std::unique_ptr<Connection> connect(const ConnectRequest& request,
                                                    Observer& observer) override {
    call();
    return std::make_unique<Counted>(*this, reader_.connect(request, observer));
  }

  std::vector<SweptExchange> exchanges;
  std::size_t calls = 0;
  int connections = 0;  ///< open now

 private:
  class Counted final : public Connection {
   public:
    Counted(SweptReader& reader, std::unique_ptr<Connection> card) : reader_(reader), card_(std::move(card)) {
      ++reader_.connections;
    }
    ~Counted() override { --reader_.connections; }
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;

    Bytes transmit(ByteView apdu) override {
      reader_.exchanges.push_back({.wire = to_bytes(apdu)});
      auto answer = card_->transmit(apdu);
      reader_.exchanges.back().answer = answer;
      return answer;
    }
    void reset() override { card_->reset(); }
    [[nodiscard]] ConnectionInfo describe() const override { return card_->describe(); }

   private:
    SweptReader& reader_;
    std::unique_ptr<Connection> card_;
  };

  void call() {
    gone_ = gone_ || ++calls == failing_call_;
    if (!gone_) return;
    throw Error({.kind = ErrorKind::reader,
                 .code = "no-service",
                 .message = "the PC/SC service has stopped",
                 .advice = "start it again"});
  }

  virtualcard::VirtualReader& reader_;
  std::size_t failing_call_;
  bool gone_ = false;
};

}  // namespace gpsh::test
