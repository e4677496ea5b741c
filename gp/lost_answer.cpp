// SPDX-License-Identifier: Apache-2.0
#include "gp/lost_answer.h"

#include <utility>

namespace gpsh::gp {

bool answer_was_lost(const Error& error, std::string_view command) {
  if (error.code() == "response-mac") return true;
  const auto& exchange = error.facts().exchange;
  if (!exchange || exchange->command != command) return false;
  return !exchange->sw || error.code() == "answer-not-fetched";
}

Error with_more_advice(const Error& error, std::string_view more) {
  auto facts = error.facts();
  facts.advice += (facts.advice.empty() ? "" : "; ") + std::string(more);
  return Error(std::move(facts));
}

}  // namespace gpsh::gp
