// SPDX-License-Identifier: Apache-2.0
#include "gp/digest.h"

#include <botan/hash.h>

namespace gpsh::gp {

Bytes sha256(ByteView data) {
  // Made anew for each line of a recording, it costs as much as the hash, and keeps replays that run at once
  // waiting for the lock of Botan's memory.
  thread_local const auto hash = Botan::HashFunction::create_or_throw("SHA-256");
  hash->update(data.data(), data.size());
  Bytes digest(hash->output_length());
  hash->final(digest.data());
  return digest;
}

}  // namespace gpsh::gp
