// SPDX-License-Identifier: Apache-2.0
#include "gp/memory_ledger.h"

#include <algorithm>

#include "gp/ledger_policy.h"

namespace gpsh::gp {
namespace {

auto with_id(std::vector<OpenAttempt>& open, AttemptId id) {
  return std::find_if(open.begin(), open.end(), [&](const OpenAttempt& attempt) { return attempt.id == id; });
}

}  // namespace

bool MemoryLedger::has_open_attempts(ByteView atr) {
  return std::any_of(open_.begin(), open_.end(),
                     [&](const OpenAttempt& attempt) { return equal(attempt.place.atr, atr); });
}

BegunAttempt MemoryLedger::begin(const AttemptPlace& place, OverLimit over_limit) {
  const auto failures = failures_before(open_, place);
  if (failures >= kRefuseAfter && over_limit == OverLimit::refuse) return {.failures = failures};
  open_.push_back({.id = ++last_id_, .started = std::chrono::system_clock::now(), .place = place});
  return {.id = last_id_, .failures = failures};
}

unsigned MemoryLedger::identify(AttemptId id, const CardIdentity& identity) {
  const auto attempt = with_id(open_, id);
  if (attempt == open_.end()) throw ledger_changed();
  attempt->identity = identity;
  return failures_before(open_, *attempt);
}

void MemoryLedger::withdraw(AttemptId id) {
  std::erase_if(open_, [&](const OpenAttempt& attempt) { return attempt.id == id; });
}

void MemoryLedger::succeed(AttemptId id) {
  const auto attempt = with_id(open_, id);
  if (attempt == open_.end()) return;
  for (const auto ended : ended_by_success(open_, *attempt)) withdraw(ended);
}

}  // namespace gpsh::gp
