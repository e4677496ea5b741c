// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <utility>

#include "virtualcard/crypto.h"

namespace gpsh::virtualcard {

/// How a session hides keys and other secrets inside the data of commands (GPCS 2.3.1 D.3.5 and E.4.7, AmdD
/// 6.2.8): SCP01 with its static key and SCP02 with its session key in ECB mode, SCP02 with implicit
/// initiation in CBC mode, SCP03 with its static key in CBC mode.
class SensitiveData {
 public:
  enum class Mode { triple_des_ecb, triple_des_cbc, aes_cbc };

  SensitiveData(Mode mode, Key key) : mode_(mode), key_(std::move(key)) {}

  [[nodiscard]] std::size_t block_bytes() const;
  /// `data`: whole blocks. Throws Error (internal) otherwise.
  [[nodiscard]] Key decrypt(ByteView data) const;

 private:
  Mode mode_;
  Key key_;
};

}  // namespace gpsh::virtualcard
