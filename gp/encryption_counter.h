// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "gp/aes.h"

namespace gpsh::gp {

/// SCP03's encryption counter (AmdD 1.2 sections 6.2.6 and 6.2.7): 1 for the first command after EXTERNAL
/// AUTHENTICATE, one more for every command.
class EncryptionCounter {
 public:
  EncryptionCounter() = default;
  /// After `last` commands.
  explicit EncryptionCounter(std::uint64_t last) : last_(last) {}

  /// The next command's turn. Throws Error (security, "counter-exhausted") where a value would come again.
  void advance();
  /// The block that, encrypted with S-ENC, starts the encryption of this command.
  [[nodiscard]] AesBlock command_block() const;
  /// The same for its response: the first byte is 80.
  [[nodiscard]] AesBlock response_block() const;

 private:
  std::uint64_t last_ = 0;
};

}  // namespace gpsh::gp
