// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/error.h"

namespace gpsh::gp {

/// Whether the command of this name was sent and nobody knows if the card has done it: no answer came, or
/// none that can be trusted or fetched.
[[nodiscard]] bool answer_was_lost(const Error& error, std::string_view command);

/// The same failure with more advice behind its own.
[[nodiscard]] Error with_more_advice(const Error& error, std::string_view more);

/// What `send` returns. Where it throws because the answer to `command` was lost, the Error says
/// `what_may_be` too: what the card may have done, and how to find out.
template <typename Send>
[[nodiscard]] auto with_lost_answer_advice(std::string_view command, std::string_view what_may_be,
                                           const Send& send) {
  try {
    return send();
  } catch (const Error& error) {
    if (!answer_was_lost(error, command)) throw;
    throw with_more_advice(error, what_may_be);
  }
}

}  // namespace gpsh::gp
