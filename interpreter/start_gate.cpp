// SPDX-License-Identifier: Apache-2.0
#include "interpreter/start_gate.h"

namespace gpsh::interpreter {

bool StartGate::start_next() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return open_ || stopped_ || running_ == 0; });
  if (stopped_) return false;
  ++running_;
  return true;
}

void StartGate::authenticated() {
  const std::lock_guard lock(mutex_);
  open_ = true;
  changed_.notify_all();
}

void StartGate::authentication_failed() {
  if (on_wrong_key_ == OnWrongKey::keep_going) return;
  const std::lock_guard lock(mutex_);
  stopped_ = true;
  changed_.notify_all();
}

void StartGate::ended() {
  const std::lock_guard lock(mutex_);
  --running_;
  open_ = open_ || script_ == Authenticates::no;
  changed_.notify_all();
}

}  // namespace gpsh::interpreter
