// SPDX-License-Identifier: Apache-2.0
#include "gp/random.h"

#include <botan/system_rng.h>

#include "core/error.h"

namespace gpsh::gp {

Bytes SystemRandom::bytes(std::size_t count) {
  Bytes result(count);
  Botan::system_rng().randomize(result.data(), result.size());
  return result;
}

FixedRandom::FixedRandom(ByteView bytes) : bytes_(to_bytes(bytes)) {
  if (bytes_.empty()) {
    throw Error({.kind = ErrorKind::usage, .code = "no-random", .message = "a fixed challenge needs bytes"});
  }
}

Bytes FixedRandom::bytes(std::size_t count) {
  Bytes result;
  result.reserve(count);
  for (std::size_t at = 0; at < count; ++at) result.push_back(bytes_[at % bytes_.size()]);
  return result;
}

}  // namespace gpsh::gp
