// SPDX-License-Identifier: Apache-2.0
#include "gp/ledger_policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gpsh::gp {
namespace {

using testing::ElementsAre;

const Bytes kAtr = hex("3B00");
const Bytes kAid = hex("A000000003000000");

/// One entry, told step by step; the defaults are one card in one reader, key version left to the card.
struct Entry {
  OpenAttempt attempt{.id = ++ids, .place = {.reader = "Reader 0", .atr = kAtr, .aid = kAid}};

  Entry& in(std::string reader) { return attempt.place.reader = std::move(reader), *this; }
  Entry& atr(Bytes bytes) { return attempt.place.atr = std::move(bytes), *this; }
  Entry& aid(Bytes bytes) { return attempt.place.aid = std::move(bytes), *this; }
  Entry& asked(std::uint8_t version) { return attempt.place.key_version = version, *this; }
  Entry& data(std::uint8_t of) { return attempt.place.card_data = Bytes(32, of), *this; }
  Entry& card(std::uint8_t of, std::uint8_t version = 1) {
    attempt.identity = CardIdentity{.fingerprint = Bytes(32, of), .key_version = version};
    return *this;
  }
  Entry& blank(std::uint8_t version = 1) {
    attempt.identity = CardIdentity{.fingerprint = Bytes(32, 0), .unique = false, .key_version = version};
    return *this;
  }

  static inline AttemptId ids = 0;
};

class LedgerPolicy : public testing::Test {
 protected:
  LedgerPolicy() { Entry::ids = 0; }

  Entry& add() {
    entries_.push_back(std::make_unique<Entry>());
    return *entries_.back();
  }
  [[nodiscard]] std::vector<OpenAttempt> open() const {
    std::vector<OpenAttempt> result;
    for (const auto& entry : entries_) result.push_back(entry->attempt);
    return result;
  }
  /// Before INITIALIZE UPDATE.
  [[nodiscard]] unsigned before(const Entry& entry) const {
    return failures_before(open(), entry.attempt.place);
  }
  /// The newest entry, after its answer.
  [[nodiscard]] unsigned of_last() const { return failures_before(open(), entries_.back()->attempt); }
  [[nodiscard]] std::vector<AttemptId> ended_by_last() const {
    return ended_by_success(open(), entries_.back()->attempt);
  }

 private:
  std::vector<std::unique_ptr<Entry>> entries_;
};

TEST_F(LedgerPolicy, NothingOpenNothingCounts) {
  EXPECT_EQ(before(Entry{}), 0U);
}

TEST_F(LedgerPolicy, EveryFailureOfACardCounts) {
  add().card(0xA1);
  add().card(0xA1).data(0x11);
  EXPECT_EQ(before(Entry{}.data(0x11)), 2U);
  add().card(0xA1).data(0x11);
  EXPECT_EQ(before(Entry{}.data(0x11)), 3U);
}

TEST_F(LedgerPolicy, UnknownOutcomeCounts) {
  add();
  add().data(0x11);
  EXPECT_EQ(before(Entry{}.data(0x11)), 2U);
}

TEST_F(LedgerPolicy, AnotherCardOfTheKindStartsAtZero) {
  add().card(0xA1);
  add().card(0xA1).data(0x11);
  add().card(0xA1).data(0x11);
  EXPECT_EQ(before(Entry{}.data(0x22)), 0U)
      << "the first entry is known to be of the same card as the others";
}

TEST_F(LedgerPolicy, EntryOfUnknownCardCountsForAll) {
  add();
  add().card(0xA1).data(0x11);
  EXPECT_EQ(before(Entry{}.data(0x22)), 1U);
  EXPECT_EQ(before(Entry{}.data(0x11)), 2U);
}

TEST_F(LedgerPolicy, WithoutCardDataTheWorstCardCounts) {
  add().card(0xA1);
  add().card(0xA2);
  add().card(0xA2);
  EXPECT_EQ(before(Entry{}), 2U) << "it may be A1 or A2, but not both";
  add();
  EXPECT_EQ(before(Entry{}), 3U);
}

TEST_F(LedgerPolicy, TheAnswerTellsWhichCardItIs) {
  add().card(0xA2);
  add().card(0xA2);
  add().card(0xA1);
  add().card(0xA1);
  EXPECT_EQ(of_last(), 1U);
}

TEST_F(LedgerPolicy, IdentityHoldsThroughAnotherInterface) {
  add().card(0xA1);
  add().card(0xA1).atr(hex("3B80")).in("Reader 1");
  EXPECT_EQ(of_last(), 1U);
}

TEST_F(LedgerPolicy, OtherAtrOrApplicationIsAnotherPlace) {
  add().card(0xA1);
  EXPECT_EQ(before(Entry{}.atr(hex("3B80"))), 0U);
  EXPECT_EQ(before(Entry{}.aid(hex("A000000151000000"))), 0U);
  EXPECT_EQ(before(Entry{}.in("Reader 1")), 1U);
}

TEST_F(LedgerPolicy, KeyVersionsCountApart) {
  add().card(0xA1, 1);
  add().card(0xA1, 1);
  add().card(0xA1, 2);
  EXPECT_EQ(before(Entry{}.asked(1)), 2U);
  EXPECT_EQ(before(Entry{}.asked(2)), 1U);
  EXPECT_EQ(before(Entry{}.asked(3)), 0U);
  EXPECT_EQ(before(Entry{}.asked(0)), 2U) << "the card may choose version 1";
}

TEST_F(LedgerPolicy, PendingCountsForTheVersionItAskedFor) {
  add().asked(0);
  add().asked(2);
  EXPECT_EQ(before(Entry{}.asked(1)), 1U);
  EXPECT_EQ(before(Entry{}.asked(2)), 2U);
  EXPECT_EQ(before(Entry{}.asked(0)), 2U);
}

TEST_F(LedgerPolicy, BlankIdentitiesCountPerAtrAndReader) {
  add().blank();
  add().blank();
  EXPECT_EQ(before(Entry{}), 2U);
  EXPECT_EQ(before(Entry{}.in("Reader 1")), 0U);
  EXPECT_EQ(before(Entry{}.atr(hex("3B80"))), 0U);
  add().blank();
  EXPECT_EQ(of_last(), 2U);
  add().blank().in("Reader 1");
  EXPECT_EQ(of_last(), 0U);
}

TEST_F(LedgerPolicy, CardDataTellsBlankIdentitiesApart) {
  add().blank().data(0x11);
  add().blank().data(0x11).in("Reader 1");
  EXPECT_EQ(before(Entry{}.data(0x11)), 2U);
  EXPECT_EQ(before(Entry{}.data(0x22)), 0U);
}

TEST_F(LedgerPolicy, SuccessEndsTheCardsAttempts) {
  add().card(0xA1);
  add().card(0xA2);
  add().card(0xA1).data(0x11).in("Reader 1");
  add().card(0xA1).data(0x11);
  EXPECT_THAT(ended_by_last(), ElementsAre(1, 3, 4));
}

TEST_F(LedgerPolicy, SuccessLeavesOtherKeyVersions) {
  add().card(0xA1, 2);
  add().card(0xA1, 1);
  EXPECT_THAT(ended_by_last(), ElementsAre(2));
}

TEST_F(LedgerPolicy, SuccessEndsWhatCardDataProvesToBeTheSameCard) {
  add();
  add().data(0x11);
  add().data(0x11).asked(3);
  add().data(0x22);
  add().data(0x11).card(0xA1);
  EXPECT_THAT(ended_by_last(), ElementsAre(2, 5)) << "1 may be another card, 3 asked for another version";
}

TEST_F(LedgerPolicy, SuccessOfABlankIdentityEndsOnlyItself) {
  add().blank();
  add().blank().data(0x22);
  add().blank().data(0x11);
  EXPECT_THAT(ended_by_last(), ElementsAre(3));
}

TEST_F(LedgerPolicy, SuccessWithoutIdentityEndsItself) {
  add();
  add().card(0xA1);
  add();
  EXPECT_THAT(ended_by_last(), ElementsAre(3));
}

TEST_F(LedgerPolicy, SuccessOfARemovedAttemptEndsNothing) {
  add().card(0xA1);
  EXPECT_THAT(ended_by_success(open(), Entry{}.card(0xA1).attempt), ElementsAre());
}

TEST(LedgerRefusal, WhatDoesNotTouchAKeyDoesNotCount) {
  for (const unsigned sw : {0x6A88U, 0x6A86U, 0x6700U, 0x6D00U, 0x6E00U}) {
    EXPECT_FALSE(refusal_counts(StatusWord(static_cast<std::uint16_t>(sw)))) << std::hex << sw;
  }
  for (const unsigned sw : {0x6982U, 0x6983U, 0x6985U, 0x6300U, 0x6A80U, 0x6F00U, 0x6C1CU}) {
    EXPECT_TRUE(refusal_counts(StatusWord(static_cast<std::uint16_t>(sw)))) << std::hex << sw;
  }
}

TEST(LedgerWords, BeforeAnAttempt) {
  EXPECT_FALSE(warning_before_attempt(0));
  EXPECT_FALSE(warning_before_attempt(1));
  const auto last = warning_before_attempt(2);
  ASSERT_TRUE(last);
  EXPECT_EQ(last->severity, Severity::warning);
  EXPECT_EQ(last->code, "ledger-failures");
  EXPECT_EQ(
      last->text,
      "authentication with this card has failed twice in a row; if it fails again, gpsh will refuse the "
      "next");
  EXPECT_EQ(last->advice,
            "the card may lock its keys for good; find out which key is right before the next try");
  EXPECT_EQ(warning_before_attempt(4).value().text,
            "authentication with this card has failed 4 times in a row, going on by --force");
}

TEST(LedgerWords, AfterAFailure) {
  EXPECT_FALSE(warning_after_failure(0));
  EXPECT_EQ(warning_after_failure(1).value().text,
            "authentication with this card has now failed twice in a row");
  const auto third = warning_after_failure(2).value();
  EXPECT_EQ(third.text, "authentication with this card has now failed three times in a row");
  EXPECT_EQ(third.advice, "gpsh tries again only with --force; gpsh ledger shows the open attempts");
}

TEST(LedgerWords, Refusal) {
  const auto facts = ledger_refusal(3, "INITIALIZE UPDATE").facts();
  EXPECT_EQ(facts.kind, ErrorKind::security);
  EXPECT_EQ(facts.code, "ledger-refused");
  EXPECT_EQ(
      facts.message,
      "authentication with this card has failed three times in a row, so INITIALIZE UPDATE was not sent");
  EXPECT_EQ(facts.advice,
            "find out which key is right, as the card may lock its keys for good; then use --force, or gpsh "
            "ledger clear if these failures are not this card's");
}

}  // namespace
}  // namespace gpsh::gp
