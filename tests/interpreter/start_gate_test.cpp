// SPDX-License-Identifier: Apache-2.0
#include "interpreter/start_gate.h"

#include <gtest/gtest.h>

#include <future>

#include "gp/memory_ledger.h"
#include "interpreter/watched_ledger.h"

namespace gpsh::test {
namespace {

using interpreter::Authenticates;
using interpreter::OnWrongKey;
using interpreter::StartGate;
using interpreter::WatchedLedger;

TEST(StartGate, OneGoesFirstAndTheOthersFollowItsAuthentication) {
  StartGate gate(Authenticates::yes, OnWrongKey::stop);
  EXPECT_TRUE(gate.start_next());
  auto second = std::async(std::launch::async, [&] { return gate.start_next(); });
  gate.authenticated();
  EXPECT_TRUE(second.get());
  EXPECT_TRUE(gate.start_next()) << "nobody has ended yet";
}

TEST(StartGate, TheNextGoesFirstWhereTheFirstNeverAuthenticated) {
  StartGate gate(Authenticates::yes, OnWrongKey::stop);
  EXPECT_TRUE(gate.start_next());
  gate.ended();
  EXPECT_TRUE(gate.start_next());
  auto third = std::async(std::launch::async, [&] { return gate.start_next(); });
  gate.authentication_failed();
  EXPECT_FALSE(third.get()) << "the second went first, alone";
}

TEST(StartGate, FailedAuthenticationStopsForGood) {
  StartGate gate(Authenticates::yes, OnWrongKey::stop);
  EXPECT_TRUE(gate.start_next());
  gate.authentication_failed();
  gate.authenticated();
  gate.ended();
  EXPECT_FALSE(gate.start_next());
  EXPECT_FALSE(gate.start_next());
}

TEST(StartGate, KeepGoingPassesOverAFailedAuthentication) {
  StartGate gate(Authenticates::yes, OnWrongKey::keep_going);
  EXPECT_TRUE(gate.start_next());
  gate.authentication_failed();
  gate.ended();
  EXPECT_TRUE(gate.start_next());
}

TEST(StartGate, WithoutAuthenticationAllStartWhenTheFirstHasEnded) {
  StartGate gate(Authenticates::no, OnWrongKey::stop);
  EXPECT_TRUE(gate.start_next());
  gate.ended();
  EXPECT_TRUE(gate.start_next());
  EXPECT_TRUE(gate.start_next());
}

/// Whether cards may still start after this happened on the first one.
template <typename Event>
bool goes_on_after(Event event) {
  StartGate gate(Authenticates::yes, OnWrongKey::stop);
  gp::MemoryLedger inner;
  EXPECT_TRUE(gate.start_next());
  {
    WatchedLedger ledger(inner, gate);
    event(ledger);
  }
  gate.ended();
  return gate.start_next();
}

gp::AttemptId begin(gp::Ledger& ledger) {
  return ledger.begin({.reader = "Reader 0", .atr = hex("3B00")}, gp::OverLimit::refuse).id.value();
}

TEST(WatchedLedger, AttemptThatNobodyEndsHasFailed) {
  EXPECT_FALSE(goes_on_after([](gp::Ledger& ledger) { begin(ledger); }));
}

TEST(WatchedLedger, AnAttemptAfterAnotherMeansThatTheFirstHasFailed) {
  EXPECT_FALSE(goes_on_after([](gp::Ledger& ledger) {
    begin(ledger);
    ledger.succeed(begin(ledger));
  }));
}

TEST(WatchedLedger, NothingFailedWhereNoKeyWasTouched) {
  EXPECT_TRUE(goes_on_after([](gp::Ledger&) {}));
  EXPECT_TRUE(goes_on_after([](gp::Ledger& ledger) { ledger.withdraw(begin(ledger)); }));
  EXPECT_TRUE(goes_on_after([](WatchedLedger& ledger) {
    begin(ledger);
    ledger.reader_failed();
  }));
}

TEST(WatchedLedger, RefusedAttemptIsNone) {
  EXPECT_TRUE(goes_on_after([](WatchedLedger& ledger) {
    for (unsigned i = 0; i < 3; ++i) {
      begin(ledger);
      ledger.reader_failed();
    }
    EXPECT_FALSE(ledger.begin({.reader = "Reader 0", .atr = hex("3B00")}, gp::OverLimit::refuse).id);
  }));
}

TEST(WatchedLedger, SuccessLetsTheOthersStart) {
  StartGate gate(Authenticates::yes, OnWrongKey::stop);
  gp::MemoryLedger inner;
  WatchedLedger ledger(inner, gate);
  EXPECT_TRUE(gate.start_next());
  const auto id = begin(ledger);
  EXPECT_EQ(ledger.identify(id, {.fingerprint = Bytes(32, 0xA1)}), 0U);
  EXPECT_TRUE(ledger.has_open_attempts(hex("3B00")));
  ledger.succeed(id);
  EXPECT_FALSE(ledger.has_open_attempts(hex("3B00"))) << "the ledger behind it has heard";
  EXPECT_TRUE(gate.start_next());
}

}  // namespace
}  // namespace gpsh::test
