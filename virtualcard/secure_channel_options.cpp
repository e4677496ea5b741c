// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/secure_channel_options.h"

#include <algorithm>
#include <array>

namespace gpsh::virtualcard {
namespace {

// Bits of i: SCP02 (GPCS 2.3.1 Table E-1) and SCP03 (AmdD Table 5-1).
constexpr std::uint8_t kThreeKeys = 0x01;
constexpr std::uint8_t kExplicit = 0x04;
constexpr std::uint8_t kS16 = 0x01;
constexpr std::uint8_t kScp03PseudoRandom = 0x10;
constexpr std::uint8_t kRMac = 0x20;
constexpr std::uint8_t kScp02PseudoRandom = 0x40;
constexpr std::uint8_t kREncryption = 0x40;

constexpr std::size_t kShortMac = 8;
constexpr std::size_t kLongMac = 16;

constexpr bool specified_scp02(std::uint8_t i) {
  const auto mode = static_cast<std::uint8_t>(i & 0x0E);  // all but the number of keys
  if (mode == 0x04) return (i & 0x80) == 0;
  return mode == 0x0A && (i & 0xC0) == 0;
}

constexpr bool specified_scp03(std::uint8_t i) {
  const bool known = (i & ~(kS16 | kScp03PseudoRandom | kRMac | kREncryption)) == 0;
  return known && ((i & kREncryption) == 0 || (i & kRMac) != 0);
}

}  // namespace

bool SecureChannelOptions::specified() const {
  switch (protocol) {
    case Protocol::scp01: return i == 0x05 || i == 0x15;
    case Protocol::scp02: return specified_scp02(i);
    case Protocol::scp03: return specified_scp03(i);
  }
  return false;
}

bool SecureChannelOptions::explicit_initiation() const {
  return protocol != Protocol::scp02 || (i & kExplicit) != 0;
}

bool SecureChannelOptions::one_base_key() const {
  return protocol == Protocol::scp02 && (i & kThreeKeys) == 0;
}

bool SecureChannelOptions::pseudo_random_challenge() const {
  if (protocol == Protocol::scp02) return (i & kScp02PseudoRandom) != 0;
  return protocol == Protocol::scp03 && (i & kScp03PseudoRandom) != 0;
}

bool SecureChannelOptions::has_sequence_counter() const {
  return protocol == Protocol::scp02 || (protocol == Protocol::scp03 && pseudo_random_challenge());
}

std::size_t SecureChannelOptions::sequence_counter_bytes() const {
  return protocol == Protocol::scp03 ? 3 : 2;
}

std::uint32_t SecureChannelOptions::last_sequence_counter() const {
  return protocol == Protocol::scp03 ? 0xFFFFFF : 0xFFFF;
}

bool SecureChannelOptions::r_mac_support() const {
  return protocol != Protocol::scp01 && (i & kRMac) != 0;
}

bool SecureChannelOptions::r_encryption_support() const {
  return protocol == Protocol::scp03 && (i & kREncryption) != 0;
}

std::size_t SecureChannelOptions::mac_bytes() const {
  return protocol == Protocol::scp03 && (i & kS16) != 0 ? kLongMac : kShortMac;
}

std::optional<SecurityLevel> SecureChannelOptions::level(std::uint8_t p1) const {
  constexpr auto kLevels =
      std::to_array({SecurityLevel::authenticated, SecurityLevel::c_mac, SecurityLevel::c_decryption_c_mac,
                     SecurityLevel::r_mac, SecurityLevel::c_mac_r_mac,
                     SecurityLevel::c_decryption_c_mac_r_mac, SecurityLevel::all});
  const auto found =
      std::ranges::find(kLevels, p1, [](SecurityLevel level) { return static_cast<std::uint8_t>(level); });
  if (found == kLevels.end()) return std::nullopt;
  if (has_r_mac(*found) && !r_mac_support()) return std::nullopt;
  if (has_r_encryption(*found) && !r_encryption_support()) return std::nullopt;
  // AmdD Table 7-6 has no R-MAC without C-MAC.
  if (*found == SecurityLevel::r_mac && protocol != Protocol::scp02) return std::nullopt;
  return *found;
}

}  // namespace gpsh::virtualcard
