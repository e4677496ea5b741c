// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "gp/select.h"
#include "interpreter/handlers/handlers.h"

namespace gpsh::interpreter {
namespace {

/// The state that SET STATUS gives the card, P2 behind P1 80 (GPCS 2.3.1 section 11.10.2).
std::optional<std::uint8_t> card_state_set_by(ByteView apdu) {
  constexpr std::array<std::uint8_t, 2> kSetCardStatus = {0xF0, 0x80};
  if (apdu.size() < 4 || !std::ranges::equal(apdu.subspan(1, 2), kSetCardStatus)) return std::nullopt;
  return apdu.subspan(3, 1).front();
}

ResponseApdu transmit(const RawApdu& raw, gp::CardSession& card) {
  if (raw.wrapping == Wrapping::on && (card.channel_open() || card.channel_lost()))
    return card.transmit(CommandApdu::parse(raw.apdu.bytes), "the command");
  auto response = card.transmit_raw(raw.apdu.bytes);
  gp::note_raw_command(card, raw.apdu.bytes, response);
  return response;
}

ResponseApdu send(const RawApdu& raw, SessionState& state) {
  auto response = transmit(raw, state.connected_card());
  const auto set = card_state_set_by(raw.apdu.bytes);
  if (set && response.sw.ok()) state.card_state = set;
  return response;
}

}  // namespace

CommandResult run(const SendApdu& command, SessionState& state) {
  return ApduAnswered{send(command.raw, state)};
}

CommandResult run(const SendApduNostop& command, SessionState& state) {
  return ApduAnswered{send(command.raw, state)};
}

CommandResult run(const Print& command, SessionState&) {
  return TextPrinted{command.text};
}

CommandResult run(const Exit&, SessionState& state) {
  state.finished = true;
  return {};
}

}  // namespace gpsh::interpreter
