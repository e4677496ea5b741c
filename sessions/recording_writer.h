// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "core/run_recorder.h"
#include "sessions/recording.h"
#include "sessions/recording_file.h"
#include "sessions/recording_line.h"

namespace gpsh::sessions {

/// Writes a run down as it happens (docs/recording-format.md). The script's side comes through RunRecorder,
/// the card's from RecordingAccess. The header names the card, so it is written at the first connection, or
/// at the end; until then nothing was exchanged, and events wait in memory. An exchange is written in two
/// parts: the command before it is sent, the rest when the card has answered.
///
/// Every function throws Error (file, "recording-failed") when the file cannot be written, and after that at
/// once: nothing is sent that could not be written down.
class RecordingWriter final : public RunRecorder {
 public:
  /// `file` outlives the writer; `header` comes without card.
  RecordingWriter(RecordingFile& file, RecordingHeader header);

  void command_started(const StartedCommand& command) override;
  void command_ended(const Error* failure) override;
  void run_ended(int exit_code) override;

  void command(ByteView plain, ByteView wire, Framing framing) override;
  void chained_command(ByteView) override {}
  void response(ByteView wire, Framing framing) override;
  void unwrapped(ByteView plain) override;
  void remark(const Remark&) override {}

  void connected(const ConnectionInfo& card);
  void listed(const std::vector<ReaderInfo>& readers);
  void call_failed(CardCall call, const Error& error);
  /// Before the APDU is sent.
  void sending(ByteView wire);
  /// After it; exactly one of these two follows each sending().
  void answered(ByteView response, std::chrono::microseconds duration);
  void not_answered(const Error& error, std::chrono::microseconds duration);

 private:
  void write_header();
  void write_event(const RecordedHappening& event);
  void write_line(std::string_view object);
  void finish_exchange(const RecordedExchange& exchange);
  template <typename Action>
  void guarded(Action&& action);

  RecordingFile& file_;
  RecordingHeader header_;
  LineSeal seal_;
  bool header_written_ = false;
  std::vector<RecordedHappening> waiting_;  // for the header
  std::optional<RecordedExchange> plain_;   // the command that the next exchange is the first of
  std::string begun_;                       // what stands in the file of the exchange under way
  Bytes response_;                          // of the last command, joined
  std::optional<Error> failed_;
};

/// The plain form of a command as a recording may keep it. Of one that carries keys or a PIN, and of a STORE
/// DATA whose wire form is encrypted, only the header; `hidden` counts the data bytes left out.
[[nodiscard]] RecordedExchange recorded_plain(ByteView plain, ByteView wire);

/// How a command ended; null: well.
[[nodiscard]] RecordedResult recorded_result(const Error* failure);

}  // namespace gpsh::sessions
