// SPDX-License-Identifier: Apache-2.0
#include "sessions/attempts_under_way.h"

#include <utility>

namespace gpsh::sessions {

void AttemptsUnderWay::add(gp::AttemptId id) {
  const std::lock_guard lock(mutex_);
  ids_.insert(id);
}

void AttemptsUnderWay::remove(gp::AttemptId id) {
  const std::lock_guard lock(mutex_);
  ids_.erase(id);
}

std::set<gp::AttemptId> AttemptsUnderWay::ids() const {
  const std::lock_guard lock(mutex_);
  return ids_;
}

AttemptUnderWay::AttemptUnderWay(std::shared_ptr<AttemptsUnderWay> all, gp::AttemptId id)
    : all_(std::move(all)), id_(id) {
  all_->add(id_);
}

AttemptUnderWay::~AttemptUnderWay() {
  all_->remove(id_);
}

}  // namespace gpsh::sessions
