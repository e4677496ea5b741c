// SPDX-License-Identifier: Apache-2.0
#include "interpreter/watched_ledger.h"

namespace gpsh::interpreter {

WatchedLedger::~WatchedLedger() {
  if (under_way_) gate_.authentication_failed();
}

gp::BegunAttempt WatchedLedger::begin(const gp::AttemptPlace& place, gp::OverLimit over_limit) {
  // A script that passes over a failed authentication tries again.
  if (under_way_) gate_.authentication_failed();
  under_way_ = false;
  const auto begun = inner_.begin(place, over_limit);
  under_way_ = begun.id.has_value();
  return begun;
}

void WatchedLedger::withdraw(gp::AttemptId id) {
  under_way_ = false;
  inner_.withdraw(id);
}

void WatchedLedger::succeed(gp::AttemptId id) {
  under_way_ = false;
  gate_.authenticated();
  inner_.succeed(id);
}

}  // namespace gpsh::interpreter
