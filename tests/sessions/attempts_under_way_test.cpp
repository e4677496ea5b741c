// SPDX-License-Identifier: Apache-2.0
// Ledgers of one program that share a file, each for a card in a reader of its own.
#include "sessions/attempts_under_way.h"

#include "tests/sessions/ledger_fixture.h"

namespace gpsh::sessions {
namespace {

class LedgersOfOneProgram : public LedgerStoreTest {
 protected:
  [[nodiscard]] std::unique_ptr<LedgerStore> another() { return std::make_unique<LedgerStore>(path, all_); }

  std::shared_ptr<AttemptsUnderWay> all_ = std::make_shared<AttemptsUnderWay>();
  std::unique_ptr<LedgerStore> first = another();
  std::unique_ptr<LedgerStore> second = another();
};

TEST_F(LedgersOfOneProgram, WhatAnotherHasUnderWayIsNoFailure) {
  const auto mine = begin(*first);
  EXPECT_FALSE(second->has_open_attempts(place().atr));
  EXPECT_EQ(second->begin(place(), gp::OverLimit::refuse).failures, 0U);
  EXPECT_EQ(first->identify(mine, identity()), 0U);
  EXPECT_EQ(open_count(), 2U) << "both are on disk";
}

TEST_F(LedgersOfOneProgram, OneFromOutsideCountsIt) {
  static_cast<void>(begin(*first));
  EXPECT_EQ(LedgerStore(path).begin(place(), gp::OverLimit::refuse).failures, 1U);
  EXPECT_EQ(second->begin(place(), gp::OverLimit::refuse).failures, 1U) << "that of the outside alone";
}

TEST_F(LedgersOfOneProgram, SuccessOfOneDoesNotEndTheOthers) {
  const auto mine = begin(*first);
  const auto yours = begin(*second);
  static_cast<void>(first->identify(mine, identity()));
  EXPECT_EQ(second->identify(yours, identity()), 0U);
  first->succeed(mine);
  EXPECT_EQ(open_count(), 1U);
  EXPECT_EQ(second->identify(yours, identity()), 0U) << "it is still there";
  second->succeed(yours);
  EXPECT_EQ(open_count(), 0U);
}

TEST_F(LedgersOfOneProgram, FailureCountsOnceItsLedgerIsGone) {
  static_cast<void>(begin(*first));
  first.reset();
  EXPECT_TRUE(second->has_open_attempts(place().atr));
  EXPECT_EQ(second->begin(place(), gp::OverLimit::refuse).failures, 1U);
}

TEST_F(LedgersOfOneProgram, OwnFailureCountsAtTheNextAttempt) {
  static_cast<void>(begin(*first));
  EXPECT_TRUE(first->has_open_attempts(place().atr));
  EXPECT_EQ(first->begin(place(), gp::OverLimit::refuse).failures, 1U);
  EXPECT_EQ(second->begin(place(), gp::OverLimit::refuse).failures, 1U) << "the first of the two";
}

TEST_F(LedgersOfOneProgram, WithdrawnAttemptIsUnderWayNoMore) {
  first->withdraw(begin(*first));
  EXPECT_TRUE(all_->ids().empty());
}

}  // namespace
}  // namespace gpsh::sessions
