// SPDX-License-Identifier: Apache-2.0
#include "gp/digest.h"

#include <botan/hash.h>

namespace gpsh::gp {

Bytes sha256(ByteView data) {
  const auto hash = Botan::HashFunction::create_or_throw("SHA-256");
  hash->update(data.data(), data.size());
  Bytes digest(hash->output_length());
  hash->final(digest.data());
  return digest;
}

}  // namespace gpsh::gp
