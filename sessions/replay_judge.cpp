// SPDX-License-Identifier: Apache-2.0
#include "sessions/replay_judge.h"

#include <utility>

#include "sessions/apdu_words.h"
#include "sessions/recording_writer.h"

namespace gpsh::sessions {
namespace {

constexpr auto kCutShort = "the recorded run was ended from outside; record it anew";
constexpr auto kRecordAnew = "if this is what the script is to do now, record it anew";

std::string in_words(const RecordedResult& result) {
  if (result.code.empty()) return "ended well";
  return "failed with " + result.code + (result.sw ? " (" + result.sw->text() + ")" : "");
}

std::string in_words(const StartedCommand& command) {
  return "\"" + std::string(command.text) + "\" in line " + std::to_string(command.line);
}

std::string because_of(const Error* failure) {
  if (failure == nullptr) return {};
  return "\n  the command " + in_words(recorded_result(failure)) + ": " + failure->facts().message;
}

/// Hidden data bytes can only be counted.
bool same_plain(const RecordedExchange& recorded, ByteView plain, ByteView wire) {
  const auto now = recorded_plain(plain, wire);
  return recorded.apdus.plain_command == now.apdus.plain_command && recorded.hidden == now.hidden;
}

}  // namespace

template <typename What>
const What* ReplayJudge::take() {
  tape_->stop_if_different();
  const auto* event = tape_->next();
  const auto* what = event == nullptr ? nullptr : std::get_if<What>(&event->what);
  if (what != nullptr) tape_->advance();
  return what;
}

void ReplayJudge::differ(std::string_view code, std::string message, std::string advice) {
  tape_->differ(Error(
      {.kind = ErrorKind::card, .code = code, .message = std::move(message), .advice = std::move(advice)}));
}

void ReplayJudge::refuse_leftover(const Error* failure) {
  const auto* event = tape_->next();
  const auto* exchange = event == nullptr ? nullptr : std::get_if<RecordedExchange>(&event->what);
  if (exchange == nullptr) return;
  const auto count = tape_->leftover()->count;
  differ("replay-leftover",
         (count == 1 ? "1 recorded exchange was not asked for: ("
                     : std::to_string(count) + " recorded exchanges were not asked for, the first is (") +
             tape_->place() + ") " + apdu_in_words(exchange->apdus.wire_command) + because_of(failure),
         "the script does less than when it was recorded; " + std::string(kRecordAnew));
}

void ReplayJudge::command_started(const StartedCommand& command) {
  tape_->stop_if_different();
  refuse_leftover();
  line_ = command.line;
  const auto place = tape_->place();
  const auto* recorded = take<RecordedCommand>();
  if (recorded == nullptr && tape_->is_cut_here()) {
    differ("replay-incomplete",
           "the script goes on with " + in_words(command) + ", the recording has no more (" + place + ")",
           kCutShort);
  }
  if (recorded == nullptr) {
    differ("replay-command",
           "the script goes on with " + in_words(command) + ", the recorded run did not (" + place + ")",
           kRecordAnew);
  }
  if (recorded->script_line == command.line && recorded->text == command.text) return;
  differ("replay-command",
         "the script has " + in_words(command) + ", recorded is (" + place + ") " +
             in_words({.line = recorded->script_line, .text = recorded->text}),
         kRecordAnew);
}

void ReplayJudge::command(ByteView plain, ByteView wire, Framing) {
  const auto* event = tape_->next();
  const auto* exchange = event == nullptr ? nullptr : std::get_if<RecordedExchange>(&event->what);
  // Without a plain form, or with another wire form, the tape says all there is to say.
  if (exchange == nullptr || exchange->apdus.plain_command.empty()) return;
  if (!equal(exchange->apdus.wire_command, wire) || same_plain(*exchange, plain, wire)) return;
  differ("replay-mismatch",
         "the command before secure messaging is another than recorded (" + tape_->place() + ")\n  script: " +
             apdu_in_words(plain) + "\n  recorded: " + apdu_in_words(exchange->apdus.plain_command),
         kRecordAnew);
}

void ReplayJudge::response(ByteView wire, Framing) {
  response_ = to_bytes(wire);
}

void ReplayJudge::unwrapped(ByteView plain) {
  const auto place = tape_->place();
  const auto* recorded = take<RecordedUnwrapped>();
  const ByteView expected = recorded == nullptr ? response_ : recorded->response;
  if (equal(plain, expected)) return;
  if (recorded == nullptr && tape_->is_cut_here()) {
    differ("replay-incomplete",
           "the recording does not show the answer without secure messaging (" + place + ")", kCutShort);
  }
  differ("replay-mismatch",
         "the answer after secure messaging is " + to_hex(plain) + ", recorded is (" + place + ") " +
             to_hex(expected),
         kRecordAnew);
}

void ReplayJudge::command_ended(const Error* failure) {
  tape_->stop_if_different();
  refuse_leftover(failure);
  const auto now = recorded_result(failure);
  const auto place = tape_->place();
  const auto* recorded = take<RecordedResult>();
  if (recorded == nullptr) {
    differ(tape_->is_cut_here() ? "replay-incomplete" : "replay-result",
           "the command " + in_words(now) + ", the recording has no result for it (" + place + ")",
           kCutShort);
  }
  if (*recorded == now) return;
  differ("replay-result",
         "the command " + in_words(now) + ", recorded is (" + place + ") that it " + in_words(*recorded) +
             (failure == nullptr ? "" : ": " + failure->facts().message),
         kRecordAnew);
}

void ReplayJudge::run_ended(int exit_code) {
  tape_->stop_if_different();
  refuse_leftover();
  const auto place = tape_->place();
  const auto* end = take<RecordedEnd>();
  if (end == nullptr && tape_->is_cut_here()) {
    differ("replay-incomplete",
           "the run ended with exit code " + std::to_string(exit_code) + ", the recording has none (" +
               place + ")",
           kCutShort);
  }
  if (end == nullptr) {
    differ("replay-leftover", "the script ends where the recorded run went on (" + place + ")",
           "the script does less than when it was recorded; " + std::string(kRecordAnew));
  }
  if (end->exit_code == exit_code) return;
  differ("replay-exit",
         "the exit code is " + std::to_string(exit_code) + ", recorded is (" + place + ") " +
             std::to_string(end->exit_code),
         kRecordAnew);
}

}  // namespace gpsh::sessions
