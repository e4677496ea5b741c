// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace gpsh::virtualcard {

/// The class byte's mark of GlobalPlatform secure messaging (GPCS 2.3.1 Table 11-11).
constexpr std::uint8_t kSecureMessagingBit = 0x04;

/// Security level of a session, bits as in P1 of EXTERNAL AUTHENTICATE (GPCS 2.3.1 Tables D-8 and E-11, AmdD
/// Table 7-6).
enum class SecurityLevel : std::uint8_t {
  authenticated = 0x00,
  c_mac = 0x01,
  c_decryption_c_mac = 0x03,
  r_mac = 0x10,
  c_mac_r_mac = 0x11,
  c_decryption_c_mac_r_mac = 0x13,
  all = 0x33  ///< C-DECRYPTION, R-ENCRYPTION, C-MAC and R-MAC
};

[[nodiscard]] constexpr bool has_c_mac(SecurityLevel level) {
  return (static_cast<std::uint8_t>(level) & 0x01) != 0;
}
[[nodiscard]] constexpr bool has_c_decryption(SecurityLevel level) {
  return (static_cast<std::uint8_t>(level) & 0x02) != 0;
}
[[nodiscard]] constexpr bool has_r_mac(SecurityLevel level) {
  return (static_cast<std::uint8_t>(level) & 0x10) != 0;
}
[[nodiscard]] constexpr bool has_r_encryption(SecurityLevel level) {
  return (static_cast<std::uint8_t>(level) & 0x20) != 0;
}

/// What happens to a response on its way out.
enum class ResponseProtection {
  none,
  counted_in,  ///< part of the R-MAC that END R-MAC SESSION returns, without one itself (GPCS 2.3.1 E.5.3.3)
  r_mac,
  r_encryption_r_mac
};

}  // namespace gpsh::virtualcard
