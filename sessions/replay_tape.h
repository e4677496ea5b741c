// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "sessions/logged_exchange.h"

namespace gpsh::sessions {

/// Exchanges that a script did not ask for.
struct Leftover {
  std::size_t count = 0;
  LoggedExchange first;
};

/// The exchanges of a log in their order, and the place a replay has reached. One tape is shared by all
/// connections of a run, so that a script that connects anew goes on where it was.
class ReplayTape {
 public:
  /// `file` is the log's name in messages and in the reader's name.
  ReplayTape(std::string file, std::vector<LoggedExchange> exchanges);

  /// The recorded answer, if `apdu` is the next wire command; the tape then moves on.
  /// Throws Error: card "replay-mismatch" when another command is next (the tape stays), card "replay-end"
  /// when none is left, reader "replay-no-answer" when the log holds no answer.
  Bytes answer(ByteView apdu);

  /// The host challenge of the next INITIALIZE UPDATE at or after the place reached (GPCS 2.3.1 section
  /// E.5.1). Throws Error (card): "replay-end" without one, "replay-mismatch" when it is not `count` bytes.
  [[nodiscard]] Bytes host_challenge(std::size_t count) const;

  /// Nothing when the log was used up.
  [[nodiscard]] std::optional<Leftover> leftover() const;

  /// "Replay of FILE".
  [[nodiscard]] std::string reader_name() const { return "Replay of " + file_; }

 private:
  std::string file_;
  std::vector<LoggedExchange> exchanges_;
  std::size_t next_ = 0;
};

}  // namespace gpsh::sessions
