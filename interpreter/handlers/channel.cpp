// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "gp/card_data.h"
#include "gp/detection.h"
#include "gp/select.h"
#include "interpreter/card_state_advice.h"
#include "interpreter/handlers/handlers.h"
#include "interpreter/handlers/kept_keys.h"

namespace gpsh::interpreter {
namespace {

constexpr std::uint16_t kCardDataTag = 0x0066;
constexpr std::uint8_t kScp03 = 3;
constexpr std::uint16_t kSelectedLockedCard = 0x6283;

std::optional<std::uint8_t> value_of(const std::optional<CStyleByte>& option) {
  if (!option || option->value == 0) return std::nullopt;
  return option->value;
}

/// The protocol GPShell takes: the first of SCP01, SCP02 and SCP03 in the card's order.
gp::ScpOption first_usable(const std::vector<gp::ScpOption>& protocols) {
  const auto found = std::ranges::find_if(protocols, [](const gp::ScpOption& option) {
    return option.scp >= 1 && option.scp <= 3 && option.implementation();
  });
  if (found != protocols.end()) return *found;
  throw Error({.kind = ErrorKind::card,
               .code = "no-protocol",
               .message = "the card recognition data names no secure channel protocol that gpsh knows",
               .advice = "open_sc finds the protocol without it"});
}

}  // namespace

CommandResult run(const Select& command, SessionState& state) {
  const auto result = gp::select(state.connected_card(), command.aid);
  ApplicationSelected selected{.aid = result.aid, .fci = result.response.data, .sw = result.response.sw};
  if (result.response.sw.ok()) return selected;
  if (result.response.sw == StatusWord(kSelectedLockedCard)) state.card_state = kCardLocked;
  const auto meaning = explain(result.response.sw, 0xA4);
  state.observer.remark(
      {.severity = Severity::warning,
       .code = "card-locked",
       .text = fmt::format("SELECT answered {}: {}", result.response.sw.text(), meaning.meaning),
       .advice = meaning.advice});
  return selected;
}

CommandResult run(const GetSecureChannelProtocolDetails&, SessionState& state) {
  const auto data = gp::get_data(state.connected_card(), kCardDataTag);
  const gp::Detection found{.card_data = gp::parse_card_recognition_data(data).protocols};
  const auto protocol = first_usable(found.card_data);
  // What is told is GPShell's; what is kept for open_sc is no more than it would choose by itself.
  const auto implementation = found.implementation(protocol.scp);
  state.scp = protocol.scp;
  state.scp_impl = implementation ? std::optional(implementation->i) : std::nullopt;
  return ProtocolFound{.scp = protocol.scp, .i = *protocol.implementation()};
}

CommandResult run(const OpenSc& command, SessionState& state) {
  keep(state, command.keys);
  auto& card = state.connected_card();
  const auto scp = value_of(command.scp);
  const auto impl = value_of(command.scp_impl);
  gp::open_channel(card, {.mode = state.mode,
                          .keys = {.keys = {copy_of(state.keys.enc_key), copy_of(state.keys.mac_key),
                                            copy_of(state.keys.kek_key)},
                                   .base_key = copy_of(state.keys.key),
                                   .derivation = state.derivation.value_or(command.key_derivation)},
                          .key_version = static_cast<std::uint8_t>(command.key_version.value),
                          .key_index = static_cast<std::uint8_t>(command.key_index.value),
                          .level = gp::SecurityLevel(static_cast<std::uint8_t>(command.security.value)),
                          .scp = scp ? scp : state.scp,
                          .scp_impl = impl ? impl : state.scp_impl,
                          .force = state.environment.force,
                          .ledger = state.environment.ledger});
  state.key_cipher = card.channel()->protocol == kScp03 ? KeyCipher::aes : KeyCipher::triple_des;
  return ChannelOpened{*card.channel()};
}

}  // namespace gpsh::interpreter
