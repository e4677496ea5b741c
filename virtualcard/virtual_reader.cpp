// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/virtual_reader.h"

#include <string>
#include <utility>

#include "core/error.h"

namespace gpsh::virtualcard {
namespace {

/// The card stays in the reader; this is a program's hold on it.
class ReaderConnection final : public Connection {
 public:
  explicit ReaderConnection(std::shared_ptr<InsertedCard> card) : card_(std::move(card)) {}
  ~ReaderConnection() override { card_->reset(); }
  ReaderConnection(const ReaderConnection&) = delete;
  ReaderConnection& operator=(const ReaderConnection&) = delete;

  Bytes transmit(ByteView apdu) override { return card_->transmit(apdu); }
  void reset() override { card_->reset(); }
  [[nodiscard]] ConnectionInfo describe() const override { return card_->describe(); }

 private:
  std::shared_ptr<InsertedCard> card_;
};

}  // namespace

VirtualReader::VirtualReader(Profile profile, RandomSource& random, std::vector<Fault> more_faults)
    : card_(std::make_shared<InsertedCard>(std::move(profile), random, std::move(more_faults))) {}

void VirtualReader::need_context() const {
  if (context_) return;
  throw Error({.kind = ErrorKind::reader,
               .code = "no-context",
               .message = "there is no context for card readers",
               .advice = "put establish_context before it"});
}

std::vector<ReaderInfo> VirtualReader::list_readers() {
  need_context();
  const auto info = card_->describe();
  return {{.name = info.reader, .atr = info.atr}};
}

std::unique_ptr<Connection> VirtualReader::connect(const ConnectRequest&, Observer&) {
  need_context();
  return std::make_unique<ReaderConnection>(card_);
}

}  // namespace gpsh::virtualcard
