// SPDX-License-Identifier: Apache-2.0
#include "gp/counted_attempt.h"

#include "gp/card_identity.h"
#include "gp/memory_ledger.h"
#include "tests/gp/session_fixture.h"
#include "tests/support/thrown_error.h"

namespace gpsh::gp {
namespace {

using test::thrown_error;

// CPLC of recording gp-04 (IC serial number 45558919), and one of another card of the kind.
constexpr auto kCplc =
    "9F7F2A4790D3214700000000002345558919204839000000000000000018649535383931390000000000000000 9000";
constexpr auto kOtherCplc =
    "9F7F2A4790D3214700000000002345558920204839000000000000000018649535383931390000000000000000 9000";
constexpr auto kGetCplc = "80CA9F7F00";
constexpr StatusWord kNotFound{0x6A88};
constexpr StatusWord kBlocked{0x6983};

class CountedAttemptTest : public SessionTest {
 protected:
  [[nodiscard]] CountedAttempt attempt(OverLimit limit = OverLimit::refuse) {
    return CountedAttempt(
        {.session = session, .ledger = ledger, .connection = card.info, .over_limit = limit});
  }
  [[nodiscard]] static InitializeUpdateResponse answer(std::uint8_t of = 0xA1) {
    return {.diversification_data = Bytes(10, of), .key_version = 1, .protocol = 2};
  }
  void fail_once() {
    if (!ledger.open_attempts().empty()) card.expect(kGetCplc, kCplc);
    auto one = attempt();
    one.begin();
    one.answered(answer());
    one.failed();
  }

  MemoryLedger ledger;
};

TEST_F(CountedAttemptTest, FirstAttemptAddsNoCommand) {
  auto one = attempt();
  one.begin();
  ASSERT_EQ(ledger.open_attempts().size(), 1U);
  EXPECT_FALSE(ledger.open_attempts().front().identity);
  one.answered(answer());
  EXPECT_TRUE(ledger.open_attempts().front().identity);
  one.succeeded();
  EXPECT_TRUE(ledger.open_attempts().empty());
  EXPECT_TRUE(observer.remarks.empty());
  EXPECT_TRUE(observer.lines.empty());
}

TEST_F(CountedAttemptTest, WhatWasNotSentIsNone) {
  auto one = attempt();
  one.not_sent();
  one.begin();
  one.not_sent();
  EXPECT_TRUE(ledger.open_attempts().empty());
  one.failed();
  EXPECT_TRUE(observer.remarks.empty());
}

TEST_F(CountedAttemptTest, UnknownOutcomeStaysOpen) {
  attempt().begin();
  EXPECT_EQ(ledger.open_attempts().size(), 1U);
}

TEST_F(CountedAttemptTest, SecondFailureWarnsThirdIsTheLast) {
  fail_once();
  EXPECT_EQ(remark("ledger-failures"), nullptr);
  fail_once();
  EXPECT_EQ(remark_text("ledger-failures"), "authentication with this card has now failed twice in a row");
  observer.remarks.clear();
  fail_once();
  EXPECT_EQ(remark_text("ledger-failures"),
            "authentication with this card has failed twice in a row; if it fails again, gpsh will refuse "
            "the next");
  card.expect(kGetCplc, kCplc);
  const auto error = thrown_error([&] { return attempt().begin(), 0; });
  EXPECT_EQ(error.code, "ledger-refused");
  EXPECT_EQ(
      error.message,
      "authentication with this card has failed three times in a row, so INITIALIZE UPDATE was not sent");
  EXPECT_EQ(ledger.open_attempts().size(), 3U);
}

TEST_F(CountedAttemptTest, ForceGoesOnAndWarns) {
  for (int count = 0; count < 3; ++count) fail_once();
  observer.remarks.clear();
  card.expect(kGetCplc, kCplc);
  auto forced = attempt(OverLimit::attempt);
  forced.begin();
  forced.answered(answer());
  EXPECT_EQ(remark_text("ledger-failures"),
            "authentication with this card has failed three times in a row, going on by --force");
  forced.succeeded();
  EXPECT_TRUE(ledger.open_attempts().empty());
}

TEST_F(CountedAttemptTest, AnotherCardOfTheKindIsFree) {
  for (int count = 0; count < 3; ++count) fail_once();
  observer.remarks.clear();
  card.expect(kGetCplc, kOtherCplc);
  auto other = attempt();
  other.begin();
  other.answered(answer(0xA2));
  other.succeeded();
  EXPECT_TRUE(observer.remarks.empty());
  EXPECT_EQ(ledger.open_attempts().size(), 3U);
}

/// The card data says "another card", the answer says "the same".
TEST_F(CountedAttemptTest, TheAnswerMayRefuseBeforeExternalAuthenticate) {
  for (int count = 0; count < 3; ++count) fail_once();
  observer.remarks.clear();
  card.expect(kGetCplc, kOtherCplc);
  auto one = attempt();
  one.begin();
  const auto error = thrown_error([&] { return one.answered(answer()), 0; });
  EXPECT_EQ(error.code, "ledger-refused");
  EXPECT_EQ(
      error.message,
      "authentication with this card has failed three times in a row, so EXTERNAL AUTHENTICATE was not sent");
  one.failed();
  EXPECT_TRUE(observer.remarks.empty()) << "the refusal says it already";
  EXPECT_EQ(ledger.open_attempts().size(), 4U) << "the card may have counted INITIALIZE UPDATE";
}

TEST_F(CountedAttemptTest, RefusalOfInitializeUpdate) {
  auto one = attempt();
  one.begin();
  one.refused(kNotFound);
  EXPECT_TRUE(ledger.open_attempts().empty());
  one.failed();
  one.begin();
  one.refused(kBlocked);
  EXPECT_EQ(ledger.open_attempts().size(), 1U);
}

TEST_F(CountedAttemptTest, IssuerAndImageNumberWhereThereIsNoCplc) {
  fail_once();
  card.expect(kGetCplc, "6A88").expect("80CA004500", "4503010203 9000").expect("80CA004200", "4202AABB 9000");
  attempt().begin();
  EXPECT_EQ(ledger.open_attempts().back().place.card_data.size(), 32U);
}

TEST_F(CountedAttemptTest, CardThatTellsNothing) {
  fail_once();
  card.expect(kGetCplc, "6D00").expect("80CA004500", "6A88");
  attempt().begin();
  EXPECT_TRUE(ledger.open_attempts().back().place.card_data.empty());
}

/// A ledger on a disk that is full by now.
class FullLedger final : public Ledger {
 public:
  [[nodiscard]] bool has_open_attempts(ByteView) override { return false; }
  [[nodiscard]] BegunAttempt begin(const AttemptPlace&, OverLimit) override { return {.id = 1}; }
  [[nodiscard]] unsigned identify(AttemptId, const CardIdentity&) override { throw full(); }
  void withdraw(AttemptId) override { throw full(); }
  void succeed(AttemptId) override { throw full(); }

 private:
  static Error full() {
    return Error({.kind = ErrorKind::file,
                  .code = "ledger-unwritable",
                  .message = "the ledger cannot be written: disk full"});
  }
};

TEST_F(CountedAttemptTest, DiskFullBeforeExternalAuthenticateStops) {
  FullLedger full;
  CountedAttempt one({.session = session, .ledger = full, .connection = card.info});
  one.begin();
  EXPECT_EQ(thrown_error([&] { return one.answered(answer()), 0; }).code, "ledger-unwritable");
}

TEST_F(CountedAttemptTest, DiskFullAfterSuccessWarns) {
  FullLedger full;
  CountedAttempt one({.session = session, .ledger = full, .connection = card.info});
  one.begin();
  one.succeeded();
  EXPECT_EQ(remark_text("ledger-unwritable"),
            "the ledger cannot be written: disk full; this attempt stays open in it");
}

TEST(NoLedgerTest, NeverCountsAnything) {
  NoLedger nobody;
  for (int count = 0; count < 5; ++count) {
    const auto begun = nobody.begin({}, OverLimit::refuse);
    ASSERT_TRUE(begun.id);
    EXPECT_EQ(nobody.identify(*begun.id, {}), 0U);
  }
  EXPECT_FALSE(nobody.has_open_attempts({}));
}

}  // namespace
}  // namespace gpsh::gp
