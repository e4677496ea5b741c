// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "virtualcard/card_state.h"
#include "virtualcard/security_level.h"

namespace gpsh::virtualcard {

/// The identifier as it stands in the response to INITIALIZE UPDATE.
enum class Protocol : std::uint8_t { scp01 = 0x01, scp02 = 0x02, scp03 = 0x03 };

/// A secure channel protocol with its parameter i (GPCS 2.3.1 section D.1.1 and Table E-1, AmdD Table 5-1).
struct SecureChannelOptions {
  Protocol protocol = Protocol::scp02;
  std::uint8_t i = 0x15;

  /// SCP01: 05, 15. SCP02: 04 and 05 with any of 10, 20 and 40, or 0A and 0B with any of 10 and 20. SCP03:
  /// any of 01, 10, 20 and 40, but 40 only together with 20.
  [[nodiscard]] bool specified() const;

  [[nodiscard]] KeyType key_type() const { return protocol == Protocol::scp03 ? KeyType::aes : KeyType::des; }
  [[nodiscard]] bool explicit_initiation() const;
  /// A key set holds one base key (GPCS 2.3.1 Table E-2), not three.
  [[nodiscard]] bool one_base_key() const;
  [[nodiscard]] bool pseudo_random_challenge() const;
  /// Counts sessions: SCP02 always, SCP03 with a pseudo-random challenge (AmdD 6.2.2.1).
  [[nodiscard]] bool has_sequence_counter() const;
  [[nodiscard]] std::size_t sequence_counter_bytes() const;
  [[nodiscard]] std::uint32_t last_sequence_counter() const;
  [[nodiscard]] bool r_mac_support() const;
  [[nodiscard]] bool r_encryption_support() const;
  /// Bytes of a host challenge, a cryptogram and a MAC on the wire: 8, for SCP03 in S16 mode 16.
  [[nodiscard]] std::size_t mac_bytes() const;

  /// The level that P1 of EXTERNAL AUTHENTICATE asks for, if protocol and i have it.
  [[nodiscard]] std::optional<SecurityLevel> level(std::uint8_t p1) const;

  friend bool operator==(const SecureChannelOptions&, const SecureChannelOptions&) = default;
};

}  // namespace gpsh::virtualcard
