// SPDX-License-Identifier: Apache-2.0
#include "interpreter/main_repl_record.h"

namespace gpsh::interpreter {

SessionRecording::SessionRecording(CardAccess& card, RunRecorder& always, Make make)
    : card_(card), always_(always), make_(std::move(make)) {}

void SessionRecording::start(const std::string& file) {
  recording_ = make_(file, card_);
  file_ = file;
}

void SessionRecording::stop() {
  const auto ended = std::move(recording_);
  file_.clear();
  if (ended != nullptr) ended->recorder().run_ended(0);
}

CardAccess& SessionRecording::access() {
  return recording_ == nullptr ? card_ : recording_->access();
}

template <typename Tell>
void SessionRecording::tell(Tell tell) {
  tell(always_);
  if (recording_ != nullptr) tell(recording_->recorder());
}

void SessionRecording::command(ByteView plain, ByteView wire, Framing framing) {
  tell([&](RunRecorder& recorder) { recorder.command(plain, wire, framing); });
}
void SessionRecording::chained_command(ByteView wire) {
  tell([&](RunRecorder& recorder) { recorder.chained_command(wire); });
}
void SessionRecording::response(ByteView wire, Framing framing) {
  tell([&](RunRecorder& recorder) { recorder.response(wire, framing); });
}
void SessionRecording::unwrapped(ByteView plain) {
  tell([&](RunRecorder& recorder) { recorder.unwrapped(plain); });
}
void SessionRecording::remark(const Remark& remark) {
  tell([&](RunRecorder& recorder) { recorder.remark(remark); });
}
void SessionRecording::command_started(const StartedCommand& command) {
  tell([&](RunRecorder& recorder) { recorder.command_started(command); });
}
void SessionRecording::command_ended(const Error* failure) {
  tell([&](RunRecorder& recorder) { recorder.command_ended(failure); });
}

}  // namespace gpsh::interpreter
