// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/card_access.h"
#include "sessions/replay_tape.h"

namespace gpsh::sessions {

/// The way to a recorded card. Nothing here touches PC/SC. All functions throw what the tape throws.
class ReplayAccess final : public CardAccess {
 public:
  /// The tape is shared with every connection; it must not be null.
  explicit ReplayAccess(std::shared_ptr<ReplayTape> tape);

  void establish_context() override;
  void release_context() override;
  [[nodiscard]] std::vector<ReaderInfo> list_readers() override;
  /// Takes every reader name, number and protocol: they are those of the machine that recorded.
  [[nodiscard]] std::unique_ptr<Connection> connect(const ConnectRequest& request,
                                                    Observer& observer) override;

  /// What the script left unused; for a warning at the end.
  [[nodiscard]] std::optional<Leftover> leftover() const { return tape_->leftover(); }

 private:
  std::shared_ptr<ReplayTape> tape_;
};

}  // namespace gpsh::sessions
