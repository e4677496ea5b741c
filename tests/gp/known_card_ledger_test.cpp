// SPDX-License-Identifier: Apache-2.0
#include "gp/known_card_ledger.h"

#include <gtest/gtest.h>

#include "gp/ledger_policy.h"
#include "gp/memory_ledger.h"

namespace gpsh::gp {
namespace {

/// The one store that several cards' ledgers count in.
class SharedLedger final : public Ledger {
 public:
  explicit SharedLedger(MemoryLedger& store) : store_(store) {}
  [[nodiscard]] bool has_open_attempts(ByteView atr) override { return store_.has_open_attempts(atr); }
  [[nodiscard]] BegunAttempt begin(const AttemptPlace& place, OverLimit limit) override {
    return store_.begin(place, limit);
  }
  [[nodiscard]] unsigned identify(AttemptId id, const CardIdentity& identity) override {
    return store_.identify(id, identity);
  }
  void withdraw(AttemptId id) override { store_.withdraw(id); }
  void succeed(AttemptId id) override { store_.succeed(id); }

 private:
  MemoryLedger& store_;
};

/// Cards whose answers are the same.
class KnownCardLedgerTest : public testing::Test {
 protected:
  KnownCardLedger ledger_of(std::string_view card) {
    return KnownCardLedger(std::make_unique<SharedLedger>(store), hex(card));
  }
  void fail(Ledger& ledger, unsigned times) {
    for (unsigned time = 0; time < times; ++time) {
      const auto begun = ledger.begin(place, OverLimit::attempt);
      static_cast<void>(ledger.identify(*begun.id, identity));
    }
  }

  MemoryLedger store;
  const AttemptPlace place{.reader = "a reader", .atr = hex("3B00"), .aid = hex("A000000003000000")};
  const CardIdentity identity{.fingerprint = Bytes(32, 0x11), .key_version = 1};
};

TEST_F(KnownCardLedgerTest, ACardHasItsOwnFailuresAlone) {
  auto first = ledger_of("01");
  auto second = ledger_of("02");
  fail(first, kRefuseAfter);
  EXPECT_FALSE(first.begin(place, OverLimit::refuse).id) << "the first card is refused";
  const auto begun = second.begin(place, OverLimit::refuse);
  ASSERT_TRUE(begun.id) << "the second is not";
  EXPECT_EQ(begun.failures, 0U);
  EXPECT_EQ(second.identify(*begun.id, identity), 0U);
  EXPECT_FALSE(ledger_of("01").begin(place, OverLimit::refuse).id) << "also in another run";
}

TEST_F(KnownCardLedgerTest, ABlankIdentityIsNoneTheLess) {
  auto first = ledger_of("01");
  auto second = ledger_of("02");
  for (auto* ledger : {&first, &second}) {
    const auto begun = ledger->begin(place, OverLimit::refuse);
    EXPECT_EQ(ledger->identify(*begun.id, {.fingerprint = Bytes(32, 0), .unique = false}), 0U);
  }
}

TEST_F(KnownCardLedgerTest, ASuccessEndsTheFailuresOfItsCardAlone) {
  auto first = ledger_of("01");
  auto second = ledger_of("02");
  fail(first, 1);
  fail(second, 2);
  const auto begun = second.begin(place, OverLimit::refuse);
  EXPECT_EQ(second.identify(*begun.id, identity), 2U);
  second.succeed(*begun.id);
  EXPECT_EQ(store.open_attempts().size(), 1U);
  EXPECT_EQ(first.begin(place, OverLimit::refuse).failures, 1U);
}

TEST_F(KnownCardLedgerTest, NothingNeedsToBeReadOfTheCard) {
  auto ledger = ledger_of("01");
  fail(ledger, 1);
  EXPECT_FALSE(ledger.has_open_attempts(place.atr));
}

TEST_F(KnownCardLedgerTest, WhatTheCardDidNotTakeIsWithdrawn) {
  auto ledger = ledger_of("01");
  ledger.withdraw(*ledger.begin(place, OverLimit::refuse).id);
  EXPECT_TRUE(store.open_attempts().empty());
}

}  // namespace
}  // namespace gpsh::gp
