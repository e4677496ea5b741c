// SPDX-License-Identifier: Apache-2.0
// INSTALL [for extradition] and [for registry update] (GPCS 2.3.1 sections 9.4, 11.5.2.3.4 and 11.5.2.3.5).
#include <utility>

#include "core/tlv.h"
#include "virtualcard/content_receipt.h"
#include "virtualcard/content_token.h"
#include "virtualcard/install.h"
#include "virtualcard/install_fields.h"
#include "virtualcard/privilege_rules.h"
#include "virtualcard/status_words.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::size_t kLeadingFields = 4;  // domain, nothing, application, privileges

struct Update {
  InstallFields fields;
  InstallParameters parameters;
  std::optional<Aid> domain;  ///< the new one
  std::optional<Aid> target;
};

/// Nothing when the fields are not those of the role.
std::optional<Update> read_update(const CommandApdu& command) {
  auto fields = read_install_fields(command.data, kLeadingFields);
  if (!fields || !fields->leading[1].empty()) return std::nullopt;
  const auto parameters = read_install_parameters(fields->parameters);
  Update update{.fields = *fields,
                .parameters = parameters.value_or(InstallParameters()),
                .domain = registered_aid(fields->leading[0]),
                .target = registered_aid(fields->leading[2])};
  const bool readable = (update.domain || fields->leading[0].empty()) &&
                        (update.target || fields->leading[2].empty()) && parameters;
  if (!readable) return std::nullopt;
  return update;
}

Refusal refuse_extradition(const CardState& card, const Aid& target, const Aid& to) {
  if (const auto refused = accepts_content(card, to)) return refused;
  // Below one of its own a domain would be cut off from every other (section 7.2); to itself it may go.
  const bool domain = card.find_domain(target) != nullptr;
  if (domain && to != target && card.is_associated(to, target)) return kConditionsNotSatisfied;
  const bool load_file = card.find_load_file(target) != nullptr;
  if (load_file && card.privileges_of(to).has(Privilege::dap_verification)) return kConditionsNotSatisfied;
  return std::nullopt;
}

void extradite(CardState& card, const Aid& target, const Aid& to) {
  const auto associated = card.is_issuer_security_domain(to) ? std::nullopt : std::optional(to);
  if (auto* application = card.find_application(target)) application->associated_domain = associated;
  if (auto* file = card.find_load_file(target)) file->associated_domain = associated;
}

/// Checks that both roles begin with, in the order of the specification.
Refusal refuse_update(const Update& update, const CommandApdu& command, const Card& card) {
  const auto& state = card.profile.card;
  if (const auto refused = may_manage_content(card)) return refused;
  const auto covered = covered_by_token(command, update.fields.before_token);
  if (const auto refused = check_token(card, {.token = update.fields.token, .covered = covered})) {
    return refused;
  }
  if (state.is_issuer_security_domain(*update.target)) return kConditionsNotSatisfied;
  if (!in_registry(state, *update.target)) return kReferencedDataNotFound;
  if (!manages(state, card.selected(), *update.target)) return kConditionsNotSatisfied;
  return update.domain ? refuse_extradition(state, *update.target, *update.domain) : std::nullopt;
}

/// What an application may become: a domain it stays or stays not.
std::optional<Privileges> updated_privileges(const Update& update, const Application& application) {
  const auto& field = update.fields.leading[3];
  if (field.empty()) return application.privileges;
  const auto wanted = read_privileges_field(field);
  const bool same_kind = wanted && wanted->has(Privilege::security_domain) == application.domain.has_value();
  return same_kind ? wanted : std::nullopt;
}

/// GPCS 2.3.1 Table C-14: the domains where there is an extradition, the other fields as they came.
Bytes update_elements(const Update& update, const Aid& before) {
  const Bytes none{0x00};
  const auto& privileges = update.fields.leading[3];
  Bytes parameters_length;
  append_length(parameters_length, update.fields.parameters.size());
  return concat({update.domain ? receipt_elements({before}) : none, receipt_elements({*update.target}),
                 update.domain ? receipt_elements({*update.domain}) : none,
                 Bytes{static_cast<std::uint8_t>(privileges.size())}, privileges, parameters_length,
                 update.fields.parameters});
}

}  // namespace

ResponseApdu install_for_extradition(const CommandApdu& command, Card& card) {
  const auto update = read_update(command);
  if (!update || !update->domain || !update->target || !update->fields.leading[3].empty()) {
    return answer(kIncorrectData);
  }
  if (const auto refused = refuse_update(*update, command, card)) return answer(*refused);
  const auto before = card.profile.card.domain_of(*update->target);
  extradite(card.profile.card, *update->target, *update->domain);
  return confirm({.elements = receipt_elements({before, *update->target, *update->domain}),
                  .token_identifier = token_identifier(update->fields.parameters)},
                 card);
}

ResponseApdu install_for_registry_update(const CommandApdu& command, Card& card) {
  const auto update = read_update(command);
  // Functions of the card or a domain cannot be restricted here, and the rest needs an application.
  if (!update || !update->target || update->parameters.restrict) return answer(kIncorrectData);
  if (const auto refused = refuse_update(*update, command, card)) return answer(*refused);
  auto& state = card.profile.card;
  auto* application = state.find_application(*update->target);
  if (application == nullptr) return answer(kReferencedDataNotFound);
  const auto privileges = updated_privileges(*update, *application);
  if (!privileges) return answer(kIncorrectData);
  if (const auto refused = may_hold(state, *privileges, application->aid)) return answer(*refused);
  auto elements = update_elements(*update, state.domain_of(*update->target));
  application->privileges = *privileges;
  append(application->implicit_selection, update->parameters.implicit_selection);
  if (update->domain) extradite(state, *update->target, *update->domain);
  settle_unique_privileges(state);
  return confirm(
      {.elements = std::move(elements), .token_identifier = token_identifier(update->fields.parameters)},
      card);
}

}  // namespace gpsh::virtualcard
