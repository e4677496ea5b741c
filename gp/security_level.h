// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace gpsh::gp {

/// P1 of EXTERNAL AUTHENTICATE: what protects commands and responses (GPCS 2.3.1 Table E-11; AmdD 1.2
/// section 7.1.2).
class SecurityLevel {
 public:
  constexpr SecurityLevel() = default;
  constexpr explicit SecurityLevel(std::uint8_t value) : value_(value) {}

  [[nodiscard]] constexpr std::uint8_t value() const { return value_; }
  [[nodiscard]] constexpr bool c_mac() const { return (value_ & 0x01) != 0; }
  [[nodiscard]] constexpr bool c_decryption() const { return (value_ & 0x02) != 0; }
  [[nodiscard]] constexpr bool r_mac() const { return (value_ & 0x10) != 0; }
  [[nodiscard]] constexpr bool r_encryption() const { return (value_ & 0x20) != 0; }
  /// "C-MAC + C-DEC"; "none" for 00; bits without a name as hex.
  [[nodiscard]] std::string text() const;

  friend constexpr bool operator==(SecurityLevel, SecurityLevel) = default;

 private:
  std::uint8_t value_ = 0;
};

}  // namespace gpsh::gp
