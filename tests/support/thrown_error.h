// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>

#include "core/error.h"

namespace gpsh::test {

/// What the Error says that `action` throws. Anything else thrown passes; nothing thrown is a failure.
template <typename Action>
[[nodiscard]] ErrorFacts thrown_error(Action&& action) {
  try {
    static_cast<void>(action());
  } catch (const Error& error) {
    return error.facts();
  }
  throw std::logic_error("no Error was thrown");
}

}  // namespace gpsh::test
