// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "virtualcard/crypto.h"

namespace gpsh::virtualcard {

constexpr std::size_t kAesBlockBytes = 16;

/// AES in CBC mode (GPCS 2.3.1 B.2.1). `key` has 16, 24 or 32 bytes, `icv` one block, `data` whole blocks.
/// Throws Error (internal) otherwise.
[[nodiscard]] Bytes aes_encrypt(const Key& key, ByteView icv, ByteView data);
[[nodiscard]] Bytes aes_decrypt(const Key& key, ByteView icv, ByteView data);
/// One block on its own.
[[nodiscard]] Bytes aes_encrypt_block(const Key& key, ByteView block);

/// CMAC in full length: 16 bytes (GPCS 2.3.1 B.2.2).
[[nodiscard]] Bytes aes_cmac(const Key& key, ByteView data);

/// Derives 8, 16, 24 or 32 bytes with the key derivation function in counter mode (AmdD 4.1.5). `constant` as
/// in AmdD Table 4-1.
[[nodiscard]] Key aes_derive(const Key& key, std::uint8_t constant, std::size_t bytes, ByteView context);

}  // namespace gpsh::virtualcard
