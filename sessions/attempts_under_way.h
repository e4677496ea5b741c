// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <mutex>
#include <set>

#include "gp/ledger.h"

namespace gpsh::sessions {

/// The attempts that several ledgers of one program have under way at this moment, each on a card in a reader
/// of its own. They are known to be of different cards, and none has failed yet. Thread-safe.
class AttemptsUnderWay {
 public:
  void add(gp::AttemptId id);
  void remove(gp::AttemptId id);
  [[nodiscard]] std::set<gp::AttemptId> ids() const;

 private:
  mutable std::mutex mutex_;
  std::set<gp::AttemptId> ids_;
};

/// An attempt of one ledger, under way as long as this lives.
class AttemptUnderWay {
 public:
  AttemptUnderWay(std::shared_ptr<AttemptsUnderWay> all, gp::AttemptId id);
  ~AttemptUnderWay();
  AttemptUnderWay(const AttemptUnderWay&) = delete;
  AttemptUnderWay& operator=(const AttemptUnderWay&) = delete;

  [[nodiscard]] gp::AttemptId id() const { return id_; }

 private:
  std::shared_ptr<AttemptsUnderWay> all_;
  gp::AttemptId id_;
};

}  // namespace gpsh::sessions
