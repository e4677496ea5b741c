// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gp/secret.h"

namespace gpsh::gp {

/// The one way into a Secret. For the cipher sources of gp alone: crypto, aes and the derivations of keys.
class SecretAccess {
 public:
  static ByteView view(const Secret& secret) { return secret.bytes_; }
  static Secret adopt(Botan::secure_vector<std::uint8_t> bytes) { return Secret(std::move(bytes)); }
};

}  // namespace gpsh::gp
