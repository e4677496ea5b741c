// SPDX-License-Identifier: Apache-2.0
#include "sessions/crypto_step.h"

#include <algorithm>
#include <utility>

#include "gp/crypto.h"

namespace gpsh::sessions {

StepValue step_input(std::vector<StepValue> parts, std::string name) {
  std::erase_if(parts, [](const StepValue& part) { return part.bytes.empty(); });
  return {.name = std::move(name), .parts = std::move(parts)};
}

void append_result(CryptoStep& step, ByteView result, ByteView logged) {
  const bool shorter = !logged.empty() && logged.size() < result.size();
  step.values.push_back(
      {.name = "result",
       .bytes = to_bytes(result),
       .words = shorter ? "its first " + std::to_string(logged.size()) + " bytes are sent" : ""});
  if (logged.empty()) return;
  const bool equal =
      logged.size() <= result.size() && gp::constant_time_equal(result.first(logged.size()), logged);
  // What is not the MAC may be the end of the data.
  step.values.push_back({.name = "in the log",
                         .bytes = to_bytes(logged),
                         .words = equal ? "equal" : "not equal",
                         .whose = equal ? Whose::protocol : Whose::application});
}

}  // namespace gpsh::sessions
