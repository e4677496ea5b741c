// SPDX-License-Identifier: Apache-2.0
#include "gp/privileges.h"

#include <array>
#include <functional>

namespace gpsh::gp {
namespace {

// GPShell's mask, which listings keep, and the specification's (GPCS 2.3.1 Table 11-7).
constexpr std::uint32_t kGpshellMandatedDap = 0xD00000;
constexpr std::uint32_t kMandatedDap = 0xC10000;

constexpr std::array kPrivileges = {
    Privilege{0x800000, "Security Domain"},
    Privilege{0xC00000, "DAP Verification"},
    Privilege{0xA00000, "Delegated Management"},
    Privilege{0x100000, "Card Lock"},
    Privilege{0x080000, "Card Terminate"},
    Privilege{0x040000, "Default Selected / Card Reset"},
    Privilege{0x020000, "CVM Management"},
    Privilege{kGpshellMandatedDap, "Mandated DAP Verification"},
    Privilege{0x008000, "Trusted Path"},
    Privilege{0x004000, "Authorized Management"},
    Privilege{0x002000, "Token Management"},
    Privilege{0x001000, "Global Delete"},
    Privilege{0x000800, "Global Lock"},
    Privilege{0x000400, "Global Registry"},
    Privilege{0x000100, "Global Service"},
    Privilege{0x000200, "Final Application"},
    Privilege{0x000080, "Receipt Generation"},
    Privilege{0x000040, "Ciphered Load File Data Block"},
    Privilege{0x000020, "Contactless Activation"},
    Privilege{0x000010, "Contactless Self-Activation"},
};

std::uint32_t specified_mask(const Privilege& privilege) {
  return privilege.mask == kGpshellMandatedDap ? kMandatedDap : privilege.mask;
}

template <class MaskOf>
std::vector<std::string_view> names_of(std::uint32_t privileges, MaskOf mask_of) {
  std::vector<std::string_view> names;
  for (const auto& privilege : kPrivileges) {
    const auto mask = std::invoke(mask_of, privilege);
    if ((privileges & mask) == mask) names.push_back(privilege.name);
  }
  return names;
}

}  // namespace

std::span<const Privilege> privilege_table() {
  return kPrivileges;
}

std::vector<std::string_view> privilege_names(std::uint32_t privileges) {
  return names_of(privileges, &Privilege::mask);
}

std::vector<std::string_view> specified_privilege_names(std::uint32_t privileges) {
  return names_of(privileges, specified_mask);
}

}  // namespace gpsh::gp
