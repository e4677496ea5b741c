// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "virtualcard/security_domain.h"

namespace gpsh::virtualcard {

/// The signature of `data` verifies under the key: a DES or AES key makes a MAC of 8 or 16 bytes (GPCS 2.3.1
/// B.1.2.2, B.2.2), an RSA public key of up to 1024 bits takes PKCS #1 v1.5 with SHA-1, a longer one PSS with
/// SHA-256 (B.3.1.1, B.3.2.1), an EC public key on a preloaded curve ECDSA in plain format (B.4.3). False for
/// a key of another type.
[[nodiscard]] bool signature_is_right(const ServiceKey& key, ByteView data, ByteView signature);

/// The MAC of `data` under a DES or AES key, with which a receipt is made; empty for a key of another type.
[[nodiscard]] Bytes mac_of(const ServiceKey& key, ByteView data);

/// Message digest of a load file data block by the length of the digest: SHA-1 or SHA-2 (B.5). Empty for
/// another length.
[[nodiscard]] Bytes digest_of_length(std::size_t bytes, ByteView data);

}  // namespace gpsh::virtualcard
