// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "core/status_word.h"
#include "virtualcard/profile.h"
#include "virtualcard/sensitive_data.h"

namespace gpsh::virtualcard {

// Types of key components (GPCS 2.3.1 Table 11-16).
inline constexpr std::uint8_t kDesKey = 0x80;
inline constexpr std::uint8_t kAesKey = 0x88;

/// A key as PUT KEY brought it, decrypted and checked.
struct NewKey {
  std::vector<KeyComponent> components;
  Bytes check_value;  ///< empty: keys that have none
};

/// What decides how the fields are read.
struct KeyReading {
  const SensitiveData& sensitive_data;
  const Profile& profile;
  bool amendment_d = false;  ///< the session is SCP03's
};

/// The key data fields behind the key version number (GPCS 2.3.1 section 11.8.2.3): both formats, DES, AES,
/// RSA and EC keys. A status word instead: 6A80 for what is malformed or no key of the card, 6982 for a wrong
/// check value; a 2.1.1 card says 9484 and 9485.
[[nodiscard]] std::variant<std::vector<NewKey>, StatusWord> read_key_fields(ByteView data,
                                                                            const KeyReading& reading);

/// The first 3 bytes of 8 bytes 00 under a DES key, of 16 bytes 01 under an AES key (GPCS 2.3.1 B.6).
[[nodiscard]] Bytes key_check_value(std::uint8_t type, const Key& key);

/// DES: 16 bytes. AES: 16, 24 or 32.
[[nodiscard]] bool right_length(std::uint8_t type, std::size_t bytes);

/// 6982; 9485 of a 2.1.1 card (GPCS 2.1.1 Table 9-50).
[[nodiscard]] StatusWord wrong_check_value(const Profile& profile);

}  // namespace gpsh::virtualcard
