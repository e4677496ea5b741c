// SPDX-License-Identifier: Apache-2.0
#include "gp/channel_reading.h"

#include <array>
#include <string>
#include <vector>

#include "core/error.h"

namespace gpsh::gp {
namespace {

/// Calls `use` with a value of the protocol's type tag; every question that is put to all three goes through
/// here.
template <class Use>
auto with_protocol(std::uint8_t protocol, Use use) {
  switch (protocol) {
    case Scp01::kNumber: return use(std::type_identity<Scp01>());
    case Scp02::kNumber: return use(std::type_identity<Scp02>());
    case Scp03::kNumber: return use(std::type_identity<Scp03>());
    default: break;
  }
  throw Error({.kind = ErrorKind::internal,
               .code = "unknown-protocol",
               .message = "there is no secure channel protocol " + std::to_string(protocol)});
}

bool known(std::uint8_t protocol) {
  return protocol >= Scp01::kNumber && protocol <= Scp03::kNumber;
}

}  // namespace

SecureChannel::Protocols start_protocol(std::uint8_t protocol, std::uint8_t i, SecurityLevel level,
                                        const AnswerFacts& facts) {
  const auto keys = static_keys(
      facts.keys, {.protocol = protocol, .i = i, .diversification_data = facts.answer.diversification_data});
  const ProtocolStart start{.keys = keys,
                            .answer = facts.answer,
                            .host_challenge = facts.host_challenge,
                            .i = i,
                            .level = level,
                            .wire = facts.wire};
  return with_protocol(protocol, [&start]<class Protocol>(std::type_identity<Protocol>) {
    return SecureChannel::Protocols(Protocol(start));
  });
}

bool cryptogram_fits(std::uint8_t protocol, std::uint8_t i, const AnswerFacts& facts) {
  if (!known(protocol)) return false;
  try {
    const auto started = start_protocol(protocol, i, SecurityLevel(), facts);
    return std::visit([](const auto& each) { return each.card_cryptogram_fits(); }, started);
  } catch (const Error&) {
    return false;  // the answer has another length, or the keys belong to another cipher
  }
}

bool speaks(std::uint8_t protocol, std::uint8_t i) {
  return known(protocol) && with_protocol(protocol, [i]<class Protocol>(std::type_identity<Protocol>) {
           return Protocol::speaks(i);
         });
}

bool speaks(std::uint8_t protocol, std::uint8_t i, SecurityLevel level) {
  return known(protocol) && with_protocol(protocol, [i, level]<class Protocol>(std::type_identity<Protocol>) {
           return Protocol::speaks(i, level);
         });
}

bool level_exists(SecurityLevel level) {
  constexpr std::uint8_t kScp02WithResponseMac = 0x35;
  constexpr std::uint8_t kScp03WithEverything = 0x60;
  return Scp02::speaks(kScp02WithResponseMac, level) || Scp03::speaks(kScp03WithEverything, level);
}

bool level_possible(std::uint8_t protocol, std::optional<std::uint8_t> i, SecurityLevel level) {
  if (i && protocol != Scp03::kNumber) return speaks(protocol, *i, level);
  for (unsigned each = 0; each <= 0xFF; ++each) {
    if (speaks(protocol, static_cast<std::uint8_t>(each), level)) return true;
  }
  return false;
}

std::string level_advice(std::uint8_t protocol, std::optional<std::uint8_t> i) {
  constexpr std::array kProtecting = {SecurityLevel(0x01), SecurityLevel(0x03), SecurityLevel(0x11),
                                      SecurityLevel(0x13), SecurityLevel(0x33)};
  std::vector<std::string> levels;
  for (const auto level : kProtecting) {
    if (i ? speaks(protocol, *i, level) : level_possible(protocol, i, level)) {
      levels.push_back(std::to_string(level.value()));
    }
  }
  std::string advice = "use -security ";
  for (std::size_t at = 0; at < levels.size(); ++at) {
    const bool last = at + 1 == levels.size();
    advice += (at == 0 ? "" : last ? " or " : ", ") + levels[at];
  }
  return advice;
}

std::uint8_t answered_protocol(const InitializeUpdateResponse& answer) {
  return answer.i ? Scp03::kNumber : answer.protocol;
}

bool announces_challenge(std::uint8_t protocol, const InitializeUpdateResponse& answer,
                         std::optional<std::uint8_t> announced_i) {
  if (protocol == Scp03::kNumber) {
    return (answer.i.value_or(0) & Scp03::kPseudoRandomChallenge) != 0 && !answer.sequence_counter.empty();
  }
  return protocol == Scp02::kNumber && (announced_i.value_or(0) & Scp02::kPseudoRandomChallenge) != 0;
}

std::uint8_t usual_implementation(std::uint8_t protocol) {
  constexpr std::array<std::uint8_t, 4> kUsual = {0x00, 0x05, 0x15, 0x00};
  return kUsual.at(protocol);
}

}  // namespace gpsh::gp
