// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>

#include "core/bytes.h"

namespace Botan {
class RandomNumberGenerator;
}

namespace gpsh::virtualcard {

/// Where the card's challenges come from.
class RandomSource {
 public:
  virtual ~RandomSource() = default;
  virtual Bytes bytes(std::size_t count) = 0;
};

/// Seeded by the operating system.
class SystemRandom final : public RandomSource {
 public:
  SystemRandom();
  ~SystemRandom() override;
  Bytes bytes(std::size_t count) override;

 private:
  std::unique_ptr<Botan::RandomNumberGenerator> generator_;
};

}  // namespace gpsh::virtualcard
