// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/bytes.h"
#include "gp/card_session.h"
#include "gp/secret.h"
#include "gp/static_keys.h"

namespace gpsh::gp {

// Key types of PUT KEY (GPCS 2.3.1 section 11.1.8).
inline constexpr std::uint8_t kDesKey = 0x80;      ///< triple DES, mode implied
inline constexpr std::uint8_t kDesCbcKey = 0x81;   ///< Open Platform 2.0.1's triple DES key
inline constexpr std::uint8_t kLastDesKey = 0x84;  ///< 80 to 84 are all triple DES
inline constexpr std::uint8_t kAesKey = 0x88;

/// How an encrypted AES key stands in its key data field.
enum class KeyFormat {
  gpshell,          ///< the key's length before it only where it was padded (GPCS 2.3.1 Tables 11-70, 11-71)
  length_prefixed,  ///< the key's length always before it (GPCS 2.3.1 Table 11-70)
};
/// As -keyFormat has it: "gpshell", "lengthPrefixed".
[[nodiscard]] std::string_view key_format_name(KeyFormat format);

/// What new keys are encrypted with on their way to the card.
struct KeyEncryption {
  DataEncryption encrypt;
  std::size_t block_bytes = 0;
};
/// The DEK of the open channel, which must outlive the result. Throws Error (usage): "no-channel",
/// "key-missing" where the channel has no DEK.
[[nodiscard]] KeyEncryption channel_key_encryption(const CardSession& session);
/// A static key encryption key of SCP01, 16 bytes.
[[nodiscard]] KeyEncryption static_key_encryption(const Secret& kek);
/// The same where a script names the card's present key encryption key: used on SCP01, else a remark
/// ("unused-kek") and the channel's DEK. Null: the channel's.
[[nodiscard]] KeyEncryption key_encryption(CardSession& session, const Secret* current_kek);

/// One key of PUT KEY.
struct KeyDataField {
  Bytes bytes;        ///< type, length, component block, length of the check value, check value
  Bytes check_value;  ///< 3 bytes, as the card has to answer it; empty for public keys
};

/// Triple DES (80 to 84) or AES (88), of GPCS 2.3.1 Table 11-16.
[[nodiscard]] bool is_symmetric_key_type(std::uint8_t type);

/// The field of a symmetric key (GPCS 2.3.1 section 11.8.2.3, format 1). Throws Error (usage): "key-type" for
/// a type that is neither triple DES nor AES, "key-length" for a key of another length than 16 bytes, on AES
/// 16, 24 or 32.
[[nodiscard]] KeyDataField symmetric_key_field(const Secret& key, std::uint8_t type, KeyFormat format,
                                               const KeyEncryption& encryption);

}  // namespace gpsh::gp
