// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/privilege_rules.h"

#include <algorithm>
#include <array>

#include "virtualcard/status_words.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::array kOfDomainsOnly{Privilege::dap_verification, Privilege::delegated_management,
                                    Privilege::mandated_dap_verification, Privilege::authorized_management};
constexpr std::array kNotWithDelegated{Privilege::authorized_management, Privilege::token_verification,
                                       Privilege::receipt_generation};
constexpr std::array kHeldOnce{Privilege::card_reset, Privilege::final_application};

/// The bit alone, whatever else is set.
bool is_set(Privileges privileges, Privilege privilege) {
  return (privileges.coded() & Privileges().with(privilege).coded()) != 0;
}

bool allowed(Privileges privileges) {
  const auto set = [&](Privilege privilege) { return is_set(privileges, privilege); };
  if (!set(Privilege::security_domain) && std::ranges::any_of(kOfDomainsOnly, set)) return false;
  // This card reads no ciphered load files (tag D4), so it grants nobody the right to demand them.
  if (set(Privilege::ciphered_load_file_data_block)) return false;
  if (set(Privilege::mandated_dap_verification) && !set(Privilege::dap_verification)) return false;
  return !set(Privilege::delegated_management) || std::ranges::none_of(kNotWithDelegated, set);
}

}  // namespace

std::optional<Privileges> read_privileges_field(ByteView field) {
  if (field.size() != 1 && field.size() != Privileges::kBytes) return std::nullopt;
  std::uint32_t coded = 0;
  for (const auto byte : field) coded = coded << 8 | byte;
  if (field.size() == 1) coded <<= 16;
  Privileges privileges(coded);
  if (field.size() == 1 && is_set(privileges, Privilege::security_domain)) {
    privileges = privileges.with(Privilege::trusted_path);
  }
  if (!allowed(privileges)) return std::nullopt;
  return privileges;
}

Refusal may_hold(const CardState& card, Privileges wanted, const Aid& holder) {
  for (const auto privilege : kHeldOnce) {
    if (!wanted.has(privilege)) continue;
    const bool taken = std::ranges::any_of(card.applications, [&](const auto& application) {
      return application.aid != holder && application.privileges.has(privilege);
    });
    if (taken) return kConditionsNotSatisfied;
  }
  return std::nullopt;
}

void settle_unique_privileges(CardState& card) {
  auto& issuer = card.issuer_security_domain.privileges;
  for (const auto privilege : kHeldOnce) {
    const bool passed_on = std::ranges::any_of(
        card.applications, [&](const auto& application) { return application.privileges.has(privilege); });
    issuer = passed_on ? issuer.without(privilege) : issuer.with(privilege);
  }
}

}  // namespace gpsh::virtualcard
