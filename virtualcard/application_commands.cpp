// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/application_commands.h"

#include <algorithm>

#include "virtualcard/domain_commands.h"
#include "virtualcard/status_words.h"

namespace gpsh::virtualcard {
namespace {

const ApplicationBehaviour* find_behaviour(const Card& card, const Application& application) {
  const auto& all = card.profile.behaviours;
  const auto found = std::ranges::find_if(all, [&](const auto& behaviour) {
    return behaviour.module == application.module.value_or(application.aid);
  });
  return found == all.end() ? nullptr : &*found;
}

Bytes four_bytes(std::uint32_t value) {
  return {static_cast<std::uint8_t>(value >> 24), static_cast<std::uint8_t>(value >> 16),
          static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value)};
}

ResponseApdu unknown(const CommandApdu& command) {
  return answer((command.cla & kGlobalPlatformBit) != 0 ? kInvalidClass : kInvalidInstruction);
}

ResponseApdu give(const PatternAnswer& pattern, const CommandApdu& command, Application& application) {
  switch (pattern.kind) {
    case AnswerKind::fixed: break;
    case AnswerKind::echo: return {.data = command.data, .sw = pattern.sw};
    case AnswerKind::counter: return {.data = four_bytes(++application.counter), .sw = pattern.sw};
  }
  return {.data = pattern.data, .sw = pattern.sw};
}

}  // namespace

ResponseApdu process_in_application(const CommandApdu& command, Card& card) {
  auto& application = *card.profile.card.find_application(card.selected());
  const auto* behaviour = find_behaviour(card, application);
  if (behaviour == nullptr) return unknown(command);
  const auto run = [&](CommandApdu plain) -> ResponseApdu {
    plain.cla = static_cast<std::uint8_t>(plain.cla & ~kSecureMessagingBit);
    const auto* pattern = behaviour->find_answer(plain);
    if (pattern == nullptr) return answer(kInvalidInstruction);
    const bool needs_session = pattern->needs == AnswerNeeds::session;
    if (needs_session && !card.session().channel.authenticated()) return answer(kSecurityNotSatisfied);
    auto given = give(*pattern, plain, application);
    if (given.data.size() > card.session().channel.response_capacity()) return answer(kWrongLength);
    return given;
  };
  return behaviour->secure_channel ? process_in_secure_channel(command, card, run) : run(command);
}

}  // namespace gpsh::virtualcard
