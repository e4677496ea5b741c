// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/content_permission.h"

#include "virtualcard/status_words.h"

namespace gpsh::virtualcard {
namespace {

bool personalized(const CardState& card, const Aid& domain) {
  if (card.is_issuer_security_domain(domain)) return true;
  const auto* application = card.find_application(domain);
  return application != nullptr && application->life_cycle == life_cycle::kPersonalized;
}

}  // namespace

Refusal may_manage_content(const Card& card) {
  const auto& state = card.profile.card;
  const auto privileges = state.privileges_of(card.selected());
  const bool privileged =
      privileges.has(Privilege::authorized_management) || privileges.has(Privilege::delegated_management);
  if (!privileged || !personalized(state, card.selected())) return kConditionsNotSatisfied;
  return std::nullopt;
}

Refusal accepts_content(const CardState& card, const Aid& domain) {
  if (card.find_domain(domain) == nullptr) return kReferencedDataNotFound;
  if (!personalized(card, domain)) return kConditionsNotSatisfied;
  return std::nullopt;
}

bool manages(const CardState& card, const Aid& manager, const Aid& entry) {
  return card.is_associated(entry, manager);
}

bool in_registry(const CardState& card, const Aid& aid) {
  return card.is_issuer_security_domain(aid) || card.find_application(aid) != nullptr ||
         card.find_load_file(aid) != nullptr;
}

std::optional<Aid> registered_aid(ByteView bytes) {
  auto aid = Aid::from_bytes(bytes);
  if (!aid || !aid->registered_length()) return std::nullopt;
  return aid;
}

}  // namespace gpsh::virtualcard
