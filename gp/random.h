// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "core/bytes.h"

namespace gpsh::gp {

/// Where host challenges come from.
class RandomNumberGenerator {
 public:
  virtual ~RandomNumberGenerator() = default;
  virtual Bytes bytes(std::size_t count) = 0;
};

/// The operating system's generator. Not for keys: the bytes are ordinary memory.
class SystemRandom final : public RandomNumberGenerator {
 public:
  Bytes bytes(std::size_t count) override;
};

/// The same bytes at every call, from their start, repeated as long as needed. For tests and
/// --fixed-host-challenge.
class FixedRandom final : public RandomNumberGenerator {
 public:
  /// Throws Error (usage) when there are none.
  explicit FixedRandom(ByteView bytes);
  Bytes bytes(std::size_t count) override;

 private:
  Bytes bytes_;
};

}  // namespace gpsh::gp
