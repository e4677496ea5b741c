// SPDX-License-Identifier: Apache-2.0
#include "gp/install_parameters.h"

#include <algorithm>
#include <limits>

#include "core/tlv.h"

namespace gpsh::gp {
namespace {

constexpr std::uint32_t kSystemParameters = 0xEF;

void append_limit(Bytes& to, std::uint32_t tag, std::uint32_t bytes) {
  if (bytes == 0) return;
  Bytes value;
  if (bytes > 0xFFFF) {
    append(value, {static_cast<std::uint8_t>(bytes >> 24), static_cast<std::uint8_t>(bytes >> 16)});
  }
  append(value, {static_cast<std::uint8_t>(bytes >> 8), static_cast<std::uint8_t>(bytes)});
  append_tlv(to, tag, value);
}

}  // namespace

std::uint32_t code_limit_with_margin(std::uint32_t bytes) {
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint32_t>::max();
  return static_cast<std::uint32_t>(std::min(kMost, std::uint64_t{bytes} + 16 - bytes % 8));
}

Bytes load_parameters_field(const MemoryLimits& limits) {
  Bytes system;
  append_limit(system, 0xC6, limits.code);
  append_limit(system, 0xC7, limits.volatile_data);
  append_limit(system, 0xC8, limits.non_volatile_data);
  return system.empty() ? Bytes() : make_tlv(kSystemParameters, system);
}

Bytes install_parameters_field(const InstallParameters& parameters) {
  Bytes field;
  append_tlv(field, 0xC9, parameters.application);
  Bytes system;
  append_limit(system, 0xC7, parameters.memory.volatile_data);
  append_limit(system, 0xC8, parameters.memory.non_volatile_data);
  if (!parameters.sim.empty()) append_tlv(system, 0xCA, parameters.sim);
  if (!system.empty()) append_tlv(field, kSystemParameters, system);
  if (!parameters.uicc.empty()) append_tlv(field, 0xEA, parameters.uicc);
  return field;
}

Bytes privilege_bytes(std::uint32_t privileges) {
  Bytes bytes{static_cast<std::uint8_t>(privileges >> 16)};
  if ((privileges & 0xFFFF) == 0) return bytes;
  append(bytes, {static_cast<std::uint8_t>(privileges >> 8), static_cast<std::uint8_t>(privileges)});
  return bytes;
}

}  // namespace gpsh::gp
