// SPDX-License-Identifier: Apache-2.0
// INSTALL [for make selectable] (GPCS 2.3.1 sections 9.3.7 and 11.5.2.3.3).
#include "virtualcard/content_receipt.h"
#include "virtualcard/content_token.h"
#include "virtualcard/install.h"
#include "virtualcard/install_fields.h"
#include "virtualcard/privilege_rules.h"
#include "virtualcard/status_words.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::size_t kLeadingFields = 4;  // nothing, nothing, application, privileges

/// Of the privileges of [for make selectable] Card Reset alone counts, whatever else is set (11.5.2.3.3).
/// Nothing for a field of another length than 1 or 3.
std::optional<bool> asks_for_card_reset(ByteView privileges) {
  if (privileges.size() != 1 && privileges.size() != Privileges::kBytes) return std::nullopt;
  return Privileges(std::uint32_t{privileges.front()} << 16).has(Privilege::card_reset);
}

}  // namespace

ResponseApdu install_for_make_selectable(const CommandApdu& command, Card& card) {
  const auto fields = read_install_fields(command.data, kLeadingFields);
  if (!fields || !fields->leading[0].empty() || !fields->leading[1].empty()) return answer(kIncorrectData);
  const auto aid = registered_aid(fields->leading[2]);
  const auto reset = asks_for_card_reset(fields->leading[3]);
  const auto parameters = read_install_parameters(fields->parameters);
  if (!aid || !reset || !parameters) return answer(kIncorrectData);
  if (const auto refused = may_manage_content(card)) return answer(*refused);
  const TokenClaim claim{.token = fields->token, .covered = covered_by_token(command, fields->before_token)};
  if (const auto refused = check_token(card, claim)) return answer(*refused);
  auto& state = card.profile.card;
  auto* application = state.find_application(*aid);
  if (application == nullptr) return answer(kReferencedDataNotFound);
  if (!manages(state, card.selected(), *aid)) return answer(kConditionsNotSatisfied);
  const bool made = application->life_cycle == life_cycle::kInstalled;
  // An application that is selectable already can still become the one selected by a reset.
  if (!made && (!application->selectable() || !*reset)) return answer(kConditionsNotSatisfied);
  const auto added = *reset ? Privileges().with(Privilege::card_reset) : Privileges();
  if (const auto refused = may_hold(state, added, *aid)) return answer(*refused);
  if (*reset) application->privileges = application->privileges.with(Privilege::card_reset);
  append(application->implicit_selection, parameters->implicit_selection);
  if (made) application->life_cycle = life_cycle::kSelectable;
  settle_unique_privileges(state);
  return confirm({.elements = receipt_elements({application->load_file, *aid}),
                  .token_identifier = token_identifier(fields->parameters)},
                 card);
}

}  // namespace gpsh::virtualcard
