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

/// Lc, in three bytes when the command is longer than one APDU (GPCS 2.3.1 section 11.1.5.1).
inline Bytes length_field(std::size_t bytes) {
  Bytes field;
  if (bytes > 255) field = {0x00, static_cast<std::uint8_t>(bytes / 256)};
  field.push_back(static_cast<std::uint8_t>(bytes % 256));
  return field;
}

inline Bytes plain_bytes(const virtualcard::Key& key) {
  return {key.begin(), key.end()};
}

}  // namespace gpsh::test
