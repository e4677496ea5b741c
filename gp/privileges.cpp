// SPDX-License-Identifier: Apache-2.0
#include "gp/privileges.h"

#include <array>

namespace gpsh::gp {
namespace {

constexpr std::array kPrivileges = {
    Privilege{0x800000, "Security Domain"},
    Privilege{0xC00000, "DAP Verification"},
    Privilege{0xA00000, "Delegated Management"},
    Privilege{0x100000, "Card Lock"},
    Privilege{0x080000, "Card Terminate"},
    Privilege{0x040000, "Default Selected / Card Reset"},
    Privilege{0x020000, "CVM Management"},
    // GPShell's mask, which listings keep; the bit of the specification is 01 of the first byte.
    Privilege{0xD00000, "Mandated DAP Verification"},
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

}  // namespace

std::span<const Privilege> privilege_table() {
  return kPrivileges;
}

std::vector<std::string_view> privilege_names(std::uint32_t privileges) {
  std::vector<std::string_view> names;
  for (const auto& privilege : kPrivileges) {
    if ((privileges & privilege.mask) == privilege.mask) names.push_back(privilege.name);
  }
  return names;
}

}  // namespace gpsh::gp
