// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "virtualcard/random_source.h"

namespace gpsh::test {

/// Gives out the same bytes, over and over.
class FixedRandom final : public virtualcard::RandomSource {
 public:
  explicit FixedRandom(std::string_view text) : bytes_(hex(text)) {}
  Bytes bytes(std::size_t count) override {
    Bytes given;
    while (given.size() < count) append(given, bytes_);
    given.resize(count);
    return given;
  }

 private:
  Bytes bytes_;
};

}  // namespace gpsh::test
