// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/set_status.h"

#include <algorithm>
#include <array>
#include <utility>

#include "virtualcard/content_permission.h"
#include "virtualcard/status_words.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::uint8_t kStatusTypeBits = 0xE0;  // the others are for future use
constexpr std::uint8_t kCard = 0x80;
constexpr std::uint8_t kApplication = 0x40;
constexpr std::uint8_t kDomainAndItsOwn = 0x60;

std::optional<CardLifeCycle> card_life_cycle(std::uint8_t coded) {
  constexpr std::array kStates{CardLifeCycle::op_ready, CardLifeCycle::initialized, CardLifeCycle::secured,
                               CardLifeCycle::locked, CardLifeCycle::terminated};
  const auto found = std::ranges::find(kStates, static_cast<CardLifeCycle>(coded));
  return found == kStates.end() ? std::nullopt : std::optional(*found);
}

/// GPCS 2.3.1 Figure 5-1; who may do it besides.
bool card_transition(const Card& card, CardLifeCycle to) {
  const auto& state = card.profile.card;
  const auto from = state.issuer_security_domain.life_cycle;
  const auto privileges = state.privileges_of(card.selected());
  const bool issuer = state.is_issuer_security_domain(card.selected());
  switch (to) {
    case CardLifeCycle::op_ready: return false;
    case CardLifeCycle::initialized: return issuer && from == CardLifeCycle::op_ready;
    case CardLifeCycle::secured:
      if (from == CardLifeCycle::locked) return privileges.has(Privilege::card_lock);
      return issuer && from == CardLifeCycle::initialized;
    case CardLifeCycle::locked: return from == CardLifeCycle::secured && privileges.has(Privilege::card_lock);
    case CardLifeCycle::terminated:
      return from != CardLifeCycle::terminated && privileges.has(Privilege::card_terminate);
  }
  return false;
}

ResponseApdu set_card(std::uint8_t coded, Card& card) {
  const auto to = card_life_cycle(coded);
  if (!to) return answer(kIncorrectData);
  if (!card_transition(card, *to)) return answer(kConditionsNotSatisfied);
  card.profile.card.issuer_security_domain.life_cycle = *to;
  return answer(kSuccess);
}

bool may_lock(const Card& card, const Aid& target) {
  const auto& state = card.profile.card;
  return manages(state, card.selected(), target) ||
         state.privileges_of(card.selected()).has(Privilege::global_lock);
}

/// A domain of its own accord becomes PERSONALIZED or LOCKED, never back.
ResponseApdu set_itself(std::uint8_t coded, Application& domain, ApplicationSession& session) {
  if ((coded & life_cycle::kLockedBit) != 0) {
    domain.life_cycle |= life_cycle::kLockedBit;
    return answer(kSuccess);
  }
  if (coded != life_cycle::kPersonalized) return answer(kIncorrectData);
  // Who has just put its keys asks for what they brought about; only then is it no request for what is
  // already so, which is to be rejected (11.10.2.2).
  if (std::exchange(session.keys_made_personalized, false)) return answer(kSuccess);
  if (domain.life_cycle != life_cycle::kSelectable) return answer(kConditionsNotSatisfied);
  domain.life_cycle = life_cycle::kPersonalized;
  return answer(kSuccess);
}

ResponseApdu set_application(std::uint8_t coded, const Aid& aid, Card& card) {
  if (card.profile.card.is_issuer_security_domain(aid)) return answer(kConditionsNotSatisfied);
  auto* application = card.profile.card.find_application(aid);
  if (application == nullptr) return answer(kReferencedDataNotFound);
  if (aid == card.selected()) return set_itself(coded, *application, card.session());
  const bool lock = (coded & life_cycle::kLockedBit) != 0;
  if (!may_lock(card, aid) || application->locked() == lock) return answer(kConditionsNotSatisfied);
  application->life_cycle ^= life_cycle::kLockedBit;
  return answer(kSuccess);
}

/// The whole hierarchy below the domain; what is so already stays so (Table 11-86).
ResponseApdu set_hierarchy(std::uint8_t coded, const Aid& aid, Card& card) {
  auto& state = card.profile.card;
  if (state.is_issuer_security_domain(aid)) return answer(kConditionsNotSatisfied);
  if (state.find_domain(aid) == nullptr) return answer(kReferencedDataNotFound);
  const bool lock = (coded & life_cycle::kLockedBit) != 0;
  const bool itself = aid == card.selected();
  if (!(itself && lock) && !may_lock(card, aid)) return answer(kConditionsNotSatisfied);
  for (auto& application : state.applications) {
    if (application.aid != aid && !state.is_associated(application.aid, aid)) continue;
    const auto unlocked = static_cast<std::uint8_t>(application.life_cycle & ~life_cycle::kLockedBit);
    application.life_cycle = lock ? static_cast<std::uint8_t>(unlocked | life_cycle::kLockedBit) : unlocked;
  }
  return answer(kSuccess);
}

}  // namespace

ResponseApdu set_status(const CommandApdu& command, Card& card) {
  const std::uint8_t type = command.p1 & kStatusTypeBits;
  if (type == kCard) return set_card(command.p2, card);
  if (type != kApplication && type != kDomainAndItsOwn) return answer(kIncorrectP1P2);
  // Of a locked card only its own state can change: content stays as it is (section 5.1.1.4).
  if (card.locked()) return answer(kConditionsNotSatisfied);
  const auto aid = registered_aid(command.data);
  if (!aid) return answer(kIncorrectData);
  return type == kApplication ? set_application(command.p2, *aid, card)
                              : set_hierarchy(command.p2, *aid, card);
}

}  // namespace gpsh::virtualcard
