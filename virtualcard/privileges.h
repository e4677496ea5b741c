// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/bytes.h"

namespace gpsh::virtualcard {

/// The numbers of GPCS 2.3.1 Table 6-1.
enum class Privilege : std::uint8_t {
  security_domain = 0,
  dap_verification = 1,
  delegated_management = 2,
  card_lock = 3,
  card_terminate = 4,
  card_reset = 5,
  cvm_management = 6,
  mandated_dap_verification = 7,
  trusted_path = 8,
  authorized_management = 9,
  token_verification = 10,
  global_delete = 11,
  global_lock = 12,
  global_registry = 13,
  final_application = 14,
  global_service = 15,
  receipt_generation = 16,
  ciphered_load_file_data_block = 17,
  contactless_activation = 18,
  contactless_self_activation = 19
};

/// A set of privileges, coded in three bytes (GPCS 2.3.1 Tables 11-7 to 11-9).
class Privileges {
 public:
  static constexpr std::size_t kBytes = 3;

  constexpr Privileges() = default;
  /// The three bytes as one number: 0x9EFE80. Bits without meaning are dropped.
  constexpr explicit Privileges(std::uint32_t coded) : coded_(coded & ~kUnused) {}

  /// DAP Verification counts only where its bits say security domain too, as Table 11-7 has it.
  [[nodiscard]] constexpr bool has(Privilege privilege) const {
    const bool set = (coded_ & bit(privilege)) != 0;
    const bool of_domains_only = privilege == Privilege::dap_verification ||
                                 privilege == Privilege::mandated_dap_verification ||
                                 privilege == Privilege::delegated_management;
    return set && (!of_domains_only || (coded_ & bit(Privilege::security_domain)) != 0);
  }
  [[nodiscard]] constexpr Privileges with(Privilege privilege) const {
    return Privileges(coded_ | bit(privilege));
  }
  [[nodiscard]] constexpr Privileges without(Privilege privilege) const {
    return Privileges(coded_ & ~bit(privilege));
  }
  [[nodiscard]] constexpr std::uint32_t coded() const { return coded_; }
  [[nodiscard]] Bytes bytes() const {
    return {static_cast<std::uint8_t>(coded_ >> 16), static_cast<std::uint8_t>(coded_ >> 8),
            static_cast<std::uint8_t>(coded_)};
  }

  friend constexpr bool operator==(Privileges, Privileges) = default;

 private:
  static constexpr std::uint32_t kUnused = 0xFF00000F;

  static constexpr std::uint32_t bit(Privilege privilege) {
    return std::uint32_t{0x800000} >> static_cast<unsigned>(privilege);
  }

  std::uint32_t coded_ = 0;
};

}  // namespace gpsh::virtualcard
