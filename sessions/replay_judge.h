// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "core/run_recorder.h"
#include "sessions/replay_tape.h"

namespace gpsh::sessions {

/// Holds a replayed run against its recording: the commands that run, the answers after secure messaging, how
/// each command ends, and the exit code. The tape compares the exchanges. Every function throws the tape's
/// first difference, its code one of "replay-command", "replay-leftover", "replay-result", "replay-exit",
/// "replay-incomplete", "replay-mismatch", "replay-end".
class ReplayJudge final : public RunRecorder {
 public:
  /// The tape has all events and is that of the connections; it must not be null.
  explicit ReplayJudge(std::shared_ptr<ReplayTape> tape) : tape_(std::move(tape)) {}

  void command_started(const StartedCommand& command) override;
  void command_ended(const Error* failure) override;
  void run_ended(int exit_code) override;

  void command(ByteView plain, ByteView wire, Framing framing) override;
  void chained_command(ByteView) override {}
  void response(ByteView wire, Framing framing) override;
  void unwrapped(ByteView plain) override;
  void remark(const Remark&) override {}

  /// The script line that ran last; 0 before the first.
  [[nodiscard]] std::size_t line() const { return line_; }

 private:
  template <typename What>
  const What* take();
  [[noreturn]] void differ(std::string_view code, std::string message, std::string advice);
  void refuse_leftover(const Error* failure = nullptr);

  std::shared_ptr<ReplayTape> tape_;
  std::size_t line_ = 0;
  Bytes response_;
};

}  // namespace gpsh::sessions
