// SPDX-License-Identifier: Apache-2.0
#include "gp/encryption_counter.h"

#include <limits>

#include "core/error.h"

namespace gpsh::gp {

void EncryptionCounter::advance() {
  if (last_ == std::numeric_limits<std::uint64_t>::max()) {
    throw Error({.kind = ErrorKind::security,
                 .code = "counter-exhausted",
                 .message = "the channel has encrypted as many commands as its counter can count",
                 .advice = "open a new channel"});
  }
  ++last_;
}

AesBlock EncryptionCounter::command_block() const {
  AesBlock block{};
  auto rest = last_;
  for (std::size_t at = block.size(); at-- > 0 && rest != 0; rest >>= 8) {
    block.at(at) = static_cast<std::uint8_t>(rest);
  }
  return block;
}

AesBlock EncryptionCounter::response_block() const {
  auto block = command_block();
  block[0] = 0x80;
  return block;
}

}  // namespace gpsh::gp
