// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "core/card_access.h"
#include "virtualcard/inserted_card.h"

namespace gpsh::virtualcard {

/// One reader named kReaderName with a virtual card in it. What the card keeps without power stays from one
/// connection to the next; the end of a connection resets the card. Before establish_context everything
/// throws Error (reader, "no-context"). `random` outlives the reader and its connections.
class VirtualReader final : public CardAccess {
 public:
  VirtualReader(Profile profile, RandomSource& random, std::vector<Fault> more_faults = {});
  explicit VirtualReader(std::shared_ptr<InsertedCard> card) : card_(std::move(card)) {}

  void establish_context() override { context_ = true; }
  void release_context() override { context_ = false; }
  [[nodiscard]] std::vector<ReaderInfo> list_readers() override;
  /// Puts a removed card back. Takes every reader name, number and protocol, so that a script for a real
  /// reader runs unchanged.
  [[nodiscard]] std::unique_ptr<Connection> connect(const ConnectRequest& request,
                                                    Observer& observer) override;

  [[nodiscard]] const CardState& state() const { return card_->state(); }

 private:
  void need_context() const;

  std::shared_ptr<InsertedCard> card_;
  bool context_ = false;
};

}  // namespace gpsh::virtualcard
