// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <botan/secmem.h>

#include <cstddef>
#include <cstdint>
#include <optional>

#include "core/bytes.h"

namespace gpsh::virtualcard {

/// A key of the card: scrubbed when it goes, never printed.
using Key = Botan::secure_vector<std::uint8_t>;

constexpr std::size_t kDesBlockBytes = 8;
constexpr std::size_t kDoubleDesKeyBytes = 16;

[[nodiscard]] Key make_key(ByteView bytes);

/// Appends 80 and as many 00 as fill the last block; a full block stays no full block (GPCS 2.3.1 B.1.3 and
/// B.2.3).
[[nodiscard]] Bytes pad_blocks(ByteView data, std::size_t block_bytes);
/// The inverse; nothing when the padding is not there.
[[nodiscard]] std::optional<Bytes> unpad_blocks(ByteView padded, std::size_t block_bytes);
[[nodiscard]] inline Bytes pad_des(ByteView data) {
  return pad_blocks(data, kDesBlockBytes);
}
[[nodiscard]] inline std::optional<Bytes> unpad_des(ByteView padded) {
  return unpad_blocks(padded, kDesBlockBytes);
}

/// Triple DES, CBC, zero ICV (GPCS 2.3.1 B.1.1.1). `data`: whole blocks. Throws Error (internal) otherwise.
[[nodiscard]] Key triple_des_encrypt(const Key& key, ByteView data);
[[nodiscard]] Bytes triple_des_decrypt(const Key& key, ByteView data);
/// Triple DES, each block on its own (GPCS 2.3.1 B.1.1.2). `data`: whole blocks.
[[nodiscard]] Key triple_des_encrypt_ecb(const Key& key, ByteView data);
[[nodiscard]] Bytes triple_des_decrypt_ecb(const Key& key, ByteView data);

/// Full triple DES MAC over the padded data, zero ICV: 8 bytes (GPCS 2.3.1 B.1.2.1).
[[nodiscard]] Bytes full_triple_des_mac(const Key& key, ByteView data);
/// The same with an ICV of 8 bytes.
[[nodiscard]] Bytes full_triple_des_mac(const Key& key, ByteView icv, ByteView data);
/// Single DES plus final triple DES MAC over the padded data: 8 bytes (GPCS 2.3.1 B.1.2.2). `icv`: 8 bytes.
[[nodiscard]] Bytes single_des_mac(const Key& key, ByteView icv, ByteView data);
/// One block under single DES with the first half of `key` (GPCS 2.3.1 E.3.4).
[[nodiscard]] Bytes encrypt_icv(const Key& key, ByteView icv);

/// Takes the same time wherever the difference is; different lengths are different.
[[nodiscard]] bool equal_in_constant_time(ByteView a, ByteView b);

}  // namespace gpsh::virtualcard
