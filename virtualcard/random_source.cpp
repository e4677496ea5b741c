// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/random_source.h"

#include <botan/auto_rng.h>

namespace gpsh::virtualcard {

SystemRandom::SystemRandom() : generator_(std::make_unique<Botan::AutoSeeded_RNG>()) {}

SystemRandom::~SystemRandom() = default;

Bytes SystemRandom::bytes(std::size_t count) {
  Bytes made(count);
  generator_->randomize(made.data(), made.size());
  return made;
}

}  // namespace gpsh::virtualcard
