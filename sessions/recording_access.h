// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

#include "core/card_access.h"
#include "sessions/recording_writer.h"

namespace gpsh::sessions {

/// Another way to cards, every call written down. A connection made here warns when what it records discloses
/// new keys (PublicKeyWatch). Owns neither; both outlive it and its connections.
class RecordingAccess final : public CardAccess {
 public:
  using Clock = std::function<std::chrono::steady_clock::time_point()>;

  RecordingAccess(CardAccess& inner, RecordingWriter& writer, Clock clock = std::chrono::steady_clock::now);

  // Each also throws what the writer throws.
  void establish_context() override;
  void release_context() override;
  [[nodiscard]] std::vector<ReaderInfo> list_readers() override;
  [[nodiscard]] std::unique_ptr<Connection> connect(const ConnectRequest& request,
                                                    Observer& observer) override;

 private:
  CardAccess& inner_;
  RecordingWriter& writer_;
  Clock clock_;
};

}  // namespace gpsh::sessions
