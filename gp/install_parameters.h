// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "core/bytes.h"

namespace gpsh::gp {

/// Memory in bytes; 0 states nothing.
struct MemoryLimits {
  std::uint32_t code = 0;
  std::uint32_t volatile_data = 0;
  std::uint32_t non_volatile_data = 0;
};

/// What an instance is told, and what the system is told of it (GPCS 2.3.1 Table 11-49).
struct InstallParameters {
  Bytes application{};    ///< C9, sent even when empty
  MemoryLimits memory{};  ///< C7 and C8; the code counts in INSTALL [for load] only
  Bytes sim{};            ///< CA within EF
  Bytes uicc{};           ///< EA
};

/// GPShell's margin: the next multiple of 8 above `bytes`, and 8 more.
[[nodiscard]] std::uint32_t code_limit_with_margin(std::uint32_t bytes);

/// The Load Parameters field: EF with C6, C7 and C8 (GPCS 2.3.1 Table 11-48), each with two bytes, from 65536
/// on with four; empty without any limit. The code has its margin already.
[[nodiscard]] Bytes load_parameters_field(const MemoryLimits& limits);

/// The Install Parameters field: C9, then EF and EA where there is something to say.
[[nodiscard]] Bytes install_parameters_field(const InstallParameters& parameters);

/// Three bytes, or the first one where the others are 00: GPCS 2.3.1 Table 11-43 knows no two. `privileges`
/// has the first byte in its bits 16 to 23.
[[nodiscard]] Bytes privilege_bytes(std::uint32_t privileges);

}  // namespace gpsh::gp
