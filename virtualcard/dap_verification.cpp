// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/dap_verification.h"

#include <algorithm>
#include <vector>

#include "virtualcard/signature.h"
#include "virtualcard/status_words.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::uint8_t kDapKeyVersion = 0x73;

bool has_dap_privilege(Privileges privileges) {
  return privileges.has(Privilege::dap_verification) || privileges.has(Privilege::mandated_dap_verification);
}

/// Domains whose DAP must be in the load file: that with Mandated DAP Verification once it is PERSONALIZED,
/// and the one that will have the load file.
std::vector<Aid> demanding_domains(const LoadProcess& process, const CardState& card) {
  std::vector<Aid> demanding;
  if (has_dap_privilege(card.privileges_of(process.domain))) demanding.push_back(process.domain);
  for (const auto& application : card.applications) {
    if (application.privileges.has(Privilege::mandated_dap_verification) &&
        application.life_cycle == life_cycle::kPersonalized) {
      demanding.push_back(application.aid);
    }
  }
  return demanding;
}

bool dap_is_right(const DapBlock& dap, const LoadProcess& process, const CardState& card) {
  if (!has_dap_privilege(card.privileges_of(dap.domain))) return false;
  const auto* application = card.find_application(dap.domain);
  if (application != nullptr && application->locked()) return false;  // section 5.3.2.4
  const auto* key = card.find_domain(dap.domain)->find_service_key(kDapKeyVersion, 0x00);
  return key != nullptr && signature_is_right(*key, process.hash, dap.signature);
}

}  // namespace

std::optional<StatusWord> check_daps(const LoadFileBlocks& blocks, const LoadProcess& process,
                                     const CardState& card) {
  for (const auto& demanding : demanding_domains(process, card)) {
    const bool there = std::ranges::find(blocks.daps, demanding, &DapBlock::domain) != blocks.daps.end();
    if (!there) return kConditionsNotSatisfied;
  }
  if (!blocks.daps.empty() && process.hash.empty()) return kConditionsNotSatisfied;
  for (const auto& dap : blocks.daps) {
    if (!dap_is_right(dap, process, card)) return kSecurityNotSatisfied;
  }
  return std::nullopt;
}

}  // namespace gpsh::virtualcard
