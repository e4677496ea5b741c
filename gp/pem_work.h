// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/bytes.h"

namespace gpsh::gp {

/// What a file may ask of the one who reads it: bytes from one line of dashes to the other, rounds of PBKDF2,
/// cost N times r times p of scrypt (128 bytes of memory each).
inline constexpr std::size_t kMaxPemBytes = 16384;
inline constexpr std::uint64_t kMaxRounds = 10'000'000;
inline constexpr std::uint64_t kMaxScryptCost = std::uint64_t{1} << 20;

/// Looks at how a PKCS#8 EncryptedPrivateKeyInfo (RFC 5958) makes its key from the pass phrase (RFC 8018, RFC
/// 7914). Throws Error (file, "pem") when that would take more than the limits, Error (card) for what is no
/// TLV. A derivation that gpsh does not know passes.
void refuse_endless_work(ByteView encrypted_private_key);

}  // namespace gpsh::gp
