// SPDX-License-Identifier: Apache-2.0
#include "interpreter/handlers/handlers.h"

namespace gpsh::interpreter {
namespace {

ResponseApdu send(const RawApdu& raw, gp::CardSession& card) {
  if (raw.wrapping == Wrapping::off || !card.channel_open()) return card.transmit_raw(raw.apdu.bytes);
  return card.transmit(CommandApdu::parse(raw.apdu.bytes), "the command");
}

}  // namespace

CommandResult run(const SendApdu& command, SessionState& state) {
  return ApduAnswered{send(command.raw, state.connected_card())};
}

CommandResult run(const SendApduNostop& command, SessionState& state) {
  return ApduAnswered{send(command.raw, state.connected_card())};
}

CommandResult run(const Print& command, SessionState&) {
  return TextPrinted{command.text};
}

CommandResult run(const Exit&, SessionState& state) {
  state.finished = true;
  return {};
}

}  // namespace gpsh::interpreter
