// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "interpreter/gpshell_messages.h"
#include "interpreter/handlers/handlers.h"

namespace gpsh::interpreter {
namespace {

ResponseApdu send(const RawApdu& raw, gp::CardSession& card) {
  if (raw.wrapping == Wrapping::off || !card.channel_open()) return card.transmit_raw(raw.apdu.bytes);
  return card.transmit(CommandApdu::parse(raw.apdu.bytes), "the command");
}

/// Any status word is fine here; it is named as it would be for any other command (quirk Q18).
void send_and_print(const RawApdu& raw, SessionState& state) {
  const auto response = send(raw, state.connected_card());
  const auto known = gpshell_status(response.sw, 0);
  const auto message = response.sw.ok() ? "Success" : known.message;
  state.environment.output.line(fmt::format("send_APDU() returns 0x{:08X} ({})", known.code, message));
}

}  // namespace

void run(const SendApdu& command, SessionState& state) {
  send_and_print(command.raw, state);
}

void run(const SendApduNostop& command, SessionState& state) {
  send_and_print(command.raw, state);
}

void run(const Print& command, SessionState& state) {
  const bool empty = command.text.find_first_not_of("\r\n") == std::string::npos;
  state.environment.output.raw(empty ? "\n" : "# " + command.text + "\n");
}

void run(const Exit&, SessionState& state) {
  state.finished = true;
}

}  // namespace gpsh::interpreter
