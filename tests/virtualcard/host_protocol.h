// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>

#include "core/apdu.h"
#include "virtualcard/aes_crypto.h"
#include "virtualcard/crypto.h"
#include "virtualcard/security_level.h"

namespace gpsh::test {

using virtualcard::ResponseProtection;
using virtualcard::SecurityLevel;

/// The host's half of a protocol, written for these tests out of the specification; it takes nothing from the
/// card but the ciphers and the base keys.
class HostProtocol {
 public:
  virtual ~HostProtocol() = default;

  [[nodiscard]] virtual bool card_cryptogram_ok() const = 0;
  [[nodiscard]] virtual Bytes host_cryptogram() const = 0;
  /// The command with the protection of this level, one with C-MAC at least.
  [[nodiscard]] virtual CommandApdu wrap(const CommandApdu& plain, SecurityLevel level) = 0;
  /// The response without its protection. Throws std::runtime_error when the R-MAC is wrong.
  [[nodiscard]] virtual ResponseApdu unwrap(const CommandApdu& plain, const ResponseApdu& response,
                                            ResponseProtection protection) = 0;
};

inline void need(bool condition, const char* what) {
  if (!condition) throw std::runtime_error(what);
}

inline Bytes plain_bytes(const virtualcard::Key& key) {
  return {key.begin(), key.end()};
}

}  // namespace gpsh::test
