// SPDX-License-Identifier: Apache-2.0
#include "sessions/recording_writer.h"

#include <algorithm>
#include <utility>

#include "sessions/apdu_words.h"
#include "sessions/recording_json.h"

namespace gpsh::sessions {
namespace {

constexpr std::uint8_t kStoreData = 0xE2;
// The longest extended answer in hex, and what stands around it.
constexpr std::size_t kRestOfExchange = 2 * (65536 + 2) + 200;

RecordedFailure recorded_failure(const Error& error) {
  RecordedFailure failure{.code = std::string(error.code()), .facts = error.facts()};
  failure.facts.code = {};
  failure.facts.exchange.reset();
  return failure;
}

bool encrypted_on_the_wire(const CommandApdu& plain, ByteView wire_bytes) {
  const auto wire = command_in(wire_bytes);
  return !wire || wire->data.size() < plain.data.size() ||
         !std::equal(plain.data.begin(), plain.data.end(), wire->data.begin());
}

}  // namespace

RecordedExchange recorded_plain(ByteView plain, ByteView wire) {
  RecordedExchange exchange{
      .apdus = {.plain_command = to_bytes(plain), .wire_command = {}, .wire_response = {}}};
  const auto command = command_in(plain);
  if (!command) return exchange;
  const bool secret =
      carries_secrets(*command) || (command->ins == kStoreData && encrypted_on_the_wire(*command, wire));
  if (!secret || command->data.empty()) return exchange;
  exchange.apdus.plain_command = command->header();
  exchange.hidden = command->data.size();
  return exchange;
}

RecordedResult recorded_result(const Error* failure) {
  if (failure == nullptr) return {};
  const auto& exchange = failure->facts().exchange;
  return {.code = std::string(failure->code()), .sw = exchange ? exchange->sw : std::nullopt};
}

RecordingWriter::RecordingWriter(RecordingFile& file, RecordingHeader header)
    : file_(file), header_(std::move(header)) {}

template <typename Action>
void RecordingWriter::guarded(Action&& action) {
  if (failed_) throw *failed_;
  try {
    action();
  } catch (const Error& error) {
    failed_ = error;
    throw;
  }
}

void RecordingWriter::write_line(std::string_view object) {
  file_.append(seal_.seal(object) + "\n");
}

void RecordingWriter::write_event(const RecordedHappening& event) {
  guarded([&] {
    if (header_written_) return write_line(event_text(event));
    waiting_.push_back(event);
  });
}

void RecordingWriter::write_header() {
  if (std::exchange(header_written_, true)) return;
  guarded([&] {
    write_line(header_text(header_));
    for (const auto& event : std::exchange(waiting_, {})) write_line(event_text(event));
  });
}

void RecordingWriter::command_started(const StartedCommand& command) {
  write_event(RecordedCommand{.script_line = command.line, .text = std::string(command.text)});
}

void RecordingWriter::command_ended(const Error* failure) {
  plain_.reset();
  write_event(recorded_result(failure));
}

void RecordingWriter::run_ended(int exit_code) {
  write_header();
  write_event(RecordedEnd{.exit_code = exit_code});
}

void RecordingWriter::command(ByteView plain, ByteView wire, Framing) {
  plain_ = recorded_plain(plain, wire);
}

void RecordingWriter::response(ByteView wire, Framing) {
  response_ = to_bytes(wire);
}

void RecordingWriter::unwrapped(ByteView plain) {
  if (!equal(plain, response_)) write_event(RecordedUnwrapped{.response = to_bytes(plain)});
}

void RecordingWriter::connected(const ConnectionInfo& card) {
  if (!header_.card) header_.card = card;
  write_header();
  write_event(RecordedConnection{.card = card});
}

void RecordingWriter::listed(const std::vector<ReaderInfo>& readers) {
  write_event(RecordedReaders{.readers = readers});
}

void RecordingWriter::call_failed(CardCall call, const Error& error) {
  write_event(RecordedCallFailure{.call = call, .failure = recorded_failure(error)});
}

void RecordingWriter::sending(ByteView wire) {
  auto exchange = std::exchange(plain_, std::nullopt).value_or(RecordedExchange());
  exchange.apdus.wire_command = to_bytes(wire);
  begun_ = exchange_head(exchange);
  guarded([&] {
    file_.reserve(begun_.size() + kRestOfExchange);
    file_.append(begun_);
  });
}

void RecordingWriter::finish_exchange(const RecordedExchange& exchange) {
  const auto tail = exchange_tail(exchange);
  guarded([&] { file_.append(tail + seal_.check_after(begun_ + tail) + "\n"); });
}

void RecordingWriter::answered(ByteView response, std::chrono::microseconds duration) {
  RecordedExchange exchange{.apdus = {.plain_command = {}, .wire_command = {}, .wire_response = {}},
                            .duration = duration};
  exchange.apdus.wire_response = to_bytes(response);
  finish_exchange(exchange);
}

void RecordingWriter::not_answered(const Error& error, std::chrono::microseconds duration) {
  finish_exchange({.failure = recorded_failure(error), .duration = duration});
}

}  // namespace gpsh::sessions
