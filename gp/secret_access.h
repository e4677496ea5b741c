// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gp/secret.h"

namespace gpsh::gp {

/// The one way into a Secret. For the cipher sources of gp alone: crypto, aes, the derivations of keys, and
/// the encryption of new keys for PUT KEY.
class SecretAccess {
 public:
  static ByteView view(const Secret& secret) { return secret.bytes_; }
  static Secret adopt(Botan::secure_vector<std::uint8_t> bytes) { return Secret(std::move(bytes)); }
};

}  // namespace gpsh::gp
