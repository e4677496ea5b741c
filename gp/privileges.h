// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace gpsh::gp {

/// A privilege (GPCS 2.3.1 section 6.6.1). It is held when all bits of `mask` are set; the first of the three
/// privilege bytes (Tables 11-7 to 11-9) is the highest.
struct Privilege {
  std::uint32_t mask;
  std::string_view name;
};

/// All twenty, in the order listings print them.
[[nodiscard]] std::span<const Privilege> privilege_table();
/// The names of the privileges held, in the order of the table.
[[nodiscard]] std::vector<std::string_view> privilege_names(std::uint32_t privileges);

/// The same by the specification, where GPShell's table differs: mandated DAP verification is bit 01 of the
/// first byte (GPCS 2.3.1 Table 11-7).
[[nodiscard]] std::vector<std::string_view> specified_privilege_names(std::uint32_t privileges);

inline constexpr std::uint32_t kSecurityDomainPrivilege = 0x800000;
inline constexpr std::uint32_t kCardLockPrivilege = 0x100000;

}  // namespace gpsh::gp
