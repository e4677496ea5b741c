// SPDX-License-Identifier: Apache-2.0
#include "pcsc/pcsc_connection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/error.h"
#include "tests/pcsc/mock_smart_card_api.h"
#include "tests/support/collecting_observer.h"

namespace gpsh::pcsc {
namespace {

using testing::_;
using testing::InSequence;
using testing::NiceMock;
using testing::Return;
using testing::Truly;

constexpr CardHandle kCard = 42;
constexpr ConnectMode kExclusive{.share = ShareMode::exclusive, .protocol = ProtocolChoice::any};
constexpr ConnectMode kShared{.share = ShareMode::shared, .protocol = ProtocolChoice::any};
using Connected = Answer<ConnectedCard>;

auto bytes(std::string_view text) {
  return Truly([wanted = hex(text)](ByteView sent) { return equal(sent, wanted); });
}

class PcscConnectionTest : public testing::Test {
 protected:
  PcscConnectionTest() { test::play_well(api_); }

  std::unique_ptr<PcscConnection> open(ProtocolChoice protocol = ProtocolChoice::any) {
    return PcscConnection::open(std::make_shared<Context>(api_), "Reader A", protocol, observer_);
  }
  void let_share_only() {
    ON_CALL(api_, connect(_, _, kExclusive)).WillByDefault(Return(Connected{codes::kSharingViolation, {}}));
  }
  void answer_transmit(Code code, std::string_view response) {
    ON_CALL(api_, transmit).WillByDefault(Return(Answer<Bytes>{code, hex(response)}));
  }
  ErrorFacts failure_of_transmit(Connection& connection) {
    try {
      return {.message = "answered " + to_hex(connection.transmit(hex("80CA006600")))};
    } catch (const Error& error) {
      return error.facts();
    }
  }

  NiceMock<test::MockSmartCardApi> api_;
  test::CollectingObserver observer_;
};

TEST_F(PcscConnectionTest, HoldsTheCardExclusivelyAndResetsItInTheEnd) {
  EXPECT_CALL(api_, connect(7, "Reader A", kExclusive)).Times(1);
  EXPECT_CALL(api_, begin_transaction).Times(0);
  {
    const auto connection = open();
    const auto info = connection->describe();
    EXPECT_EQ(info.reader, "Reader A");
    EXPECT_EQ(info.protocol, TransmissionProtocol::t1);
    EXPECT_EQ(info.atr, hex("3B00"));
    const Transaction command(connection.get());
    EXPECT_CALL(api_, disconnect(kCard, Disposition::reset_card)).Times(1);
    EXPECT_CALL(api_, release_context(7)).Times(1);
  }
  EXPECT_TRUE(observer_.remarks.empty());
}

TEST_F(PcscConnectionTest, AsksForTheProtocolWanted) {
  EXPECT_CALL(api_, connect(7, _, ConnectMode{ShareMode::exclusive, ProtocolChoice::t0})).Times(1);
  open(ProtocolChoice::t0);
}

TEST_F(PcscConnectionTest, PassesTheApduUnchangedOnT1) {
  const auto connection = open();
  EXPECT_CALL(api_, transmit(_, bytes("00A4040002A00000")))
      .WillOnce(Return(Answer<Bytes>{0, hex("6F009000")}));
  EXPECT_EQ(connection->transmit(hex("00A4040002A00000")), hex("6F009000"));
}

TEST_F(PcscConnectionTest, TakesTheLeOffOnT0AndLeavesStatusWordsAlone) {
  ON_CALL(api_, connect).WillByDefault(Return(Connected{0, {kCard, TransmissionProtocol::t0}}));
  const auto connection = open();
  EXPECT_EQ(connection->describe().protocol, TransmissionProtocol::t0);
  EXPECT_CALL(api_, transmit(_, bytes("00A4040002A000"))).WillOnce(Return(Answer<Bytes>{0, hex("6110")}));
  EXPECT_EQ(connection->transmit(hex("00A4040002A00000")), hex("6110"));
}

TEST_F(PcscConnectionTest, RefusesAnExtendedApduOnT0BeforeSending) {
  ON_CALL(api_, connect).WillByDefault(Return(Connected{0, {kCard, TransmissionProtocol::t0}}));
  const auto connection = open();
  EXPECT_CALL(api_, transmit).Times(0);
  EXPECT_THROW(connection->transmit(hex("80CA0066000101")), Error);
}

TEST_F(PcscConnectionTest, SharesACardThatAnotherProgramUses) {
  EXPECT_CALL(api_, connect(7, "Reader A", kExclusive))
      .WillOnce(Return(Connected{codes::kSharingViolation, {}}));
  EXPECT_CALL(api_, connect(7, "Reader A", kShared)).Times(1);
  open();
  ASSERT_EQ(observer_.remarks.size(), 1U);
  EXPECT_EQ(observer_.remarks[0].severity, Severity::note);
  EXPECT_EQ(observer_.remarks[0].code, "shared-card");
  EXPECT_EQ(observer_.remarks[0].text,
            "Reader A: another program uses the card too; it is kept away during each command only");
  EXPECT_EQ(observer_.remarks[0].advice, "close the other program to have the card alone");
}

TEST_F(PcscConnectionTest, SaysWhoHoldsACardThatCannotBeShared) {
  ON_CALL(api_, connect).WillByDefault(Return(Connected{codes::kSharingViolation, {}}));
  EXPECT_CALL(api_, disconnect).Times(0);
  try {
    open();
    FAIL() << "connected";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "Reader A: another program holds the card");
    EXPECT_EQ(error.facts().native_code, codes::kSharingViolation);
  }
}

TEST_F(PcscConnectionTest, BracketsACommandOnASharedCard) {
  let_share_only();
  const auto connection = open();
  const InSequence order;
  EXPECT_CALL(api_, begin_transaction(kCard));
  EXPECT_CALL(api_, transmit).Times(2);
  EXPECT_CALL(api_, end_transaction(kCard));
  EXPECT_CALL(api_, disconnect);
  const Transaction command(connection.get());
  connection->transmit(hex("80CA006600"));
  connection->transmit(hex("80CA006600"));
}

TEST_F(PcscConnectionTest, BracketsASingleApduOnASharedCard) {
  let_share_only();
  const auto connection = open();
  const InSequence order;
  EXPECT_CALL(api_, begin_transaction(kCard));
  EXPECT_CALL(api_, transmit);
  EXPECT_CALL(api_, end_transaction(kCard));
  connection->transmit(hex("80CA006600"));
}

TEST_F(PcscConnectionTest, EndsTheTransactionOfAFailedApdu) {
  let_share_only();
  const auto connection = open();
  EXPECT_CALL(api_, end_transaction(kCard)).Times(1);
  answer_transmit(codes::kTimeout, "");
  EXPECT_EQ(failure_of_transmit(*connection).code, "timeout");
}

TEST_F(PcscConnectionTest, EndsAnOpenTransactionBeforeItDisconnects) {
  let_share_only();
  auto connection = open();
  connection->begin_transaction();
  const InSequence order;
  EXPECT_CALL(api_, end_transaction(kCard));
  EXPECT_CALL(api_, disconnect(kCard, Disposition::reset_card));
  connection.reset();
}

TEST_F(PcscConnectionTest, TakesUpAnUntouchedCardThatOthersReset) {
  let_share_only();
  const auto connection = open();
  EXPECT_CALL(api_, begin_transaction).WillOnce(Return(codes::kResetCard)).WillOnce(Return(codes::kSuccess));
  EXPECT_CALL(api_, reconnect(kCard, kShared, Disposition::leave_card)).Times(1);
  EXPECT_EQ(connection->transmit(hex("80CA006600")), hex("9000"));
}

TEST_F(PcscConnectionTest, StopsWhenOthersResetACardInUse) {
  let_share_only();
  const auto connection = open();
  connection->transmit(hex("00A4040000"));
  EXPECT_CALL(api_, begin_transaction).WillOnce(Return(codes::kResetCard));
  EXPECT_CALL(api_, reconnect).Times(0);
  const auto facts = failure_of_transmit(*connection);
  EXPECT_EQ(facts.kind, ErrorKind::reader);
  EXPECT_EQ(facts.code, "card-reset");
  EXPECT_EQ(facts.native_code, codes::kResetCard);
}

TEST_F(PcscConnectionTest, ResetsTheCardAndReadsItAnew) {
  const auto connection = open();
  EXPECT_CALL(api_, reconnect(kCard, kExclusive, Disposition::reset_card))
      .WillOnce(Return(Answer<TransmissionProtocol>{0, TransmissionProtocol::t0}));
  EXPECT_CALL(api_, atr(kCard)).WillOnce(Return(Answer<Bytes>{0, hex("3B6500")}));
  connection->reset();
  EXPECT_EQ(connection->describe().protocol, TransmissionProtocol::t0);
  EXPECT_EQ(connection->describe().atr, hex("3B6500"));
}

TEST_F(PcscConnectionTest, TellsAFailedReset) {
  const auto connection = open();
  ON_CALL(api_, reconnect)
      .WillByDefault(
          Return(Answer<TransmissionProtocol>{codes::kUnresponsiveCard, TransmissionProtocol::t1}));
  try {
    connection->reset();
    FAIL() << "reset";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "Reader A: the card does not answer to a reset");
  }
}

TEST_F(PcscConnectionTest, DisconnectsACardWhoseAtrCannotBeRead) {
  ON_CALL(api_, atr).WillByDefault(Return(Answer<Bytes>{codes::kRemovedCard, {}}));
  EXPECT_CALL(api_, disconnect(kCard, Disposition::reset_card)).Times(1);
  EXPECT_THROW(open(), Error);
}

TEST_F(PcscConnectionTest, KnowsARemovedCardByEveryCodeForIt) {
  const auto connection = open();
  for (const auto code : {codes::kRemovedCard, codes::kNoSmartcard}) {
    answer_transmit(code, "");
    const auto facts = failure_of_transmit(*connection);
    EXPECT_EQ(facts.message, "Reader A: the card was removed");
    EXPECT_EQ(facts.native_code, code);
  }
  ON_CALL(api_, wait_for_removal(7, "Reader A", _)).WillByDefault(Return(Answer<bool>{0, true}));
  for (const auto code : {codes::kNotTransacted, codes::kCommunicationError}) {
    answer_transmit(code, "");
    EXPECT_EQ(failure_of_transmit(*connection).code, "card-removed");
  }
}

TEST_F(PcscConnectionTest, DoesNotTakeAnEmptyAnswerForOne) {
  const auto connection = open();
  answer_transmit(codes::kSuccess, "");
  EXPECT_EQ(failure_of_transmit(*connection).message, "Reader A: the reader got no answer from the card");
  ON_CALL(api_, wait_for_removal).WillByDefault(Return(Answer<bool>{0, true}));
  EXPECT_EQ(failure_of_transmit(*connection).message, "Reader A: the card was removed");
}

TEST_F(PcscConnectionTest, KeepsACommunicationErrorWhileTheCardIsThere) {
  const auto connection = open();
  EXPECT_CALL(api_, wait_for_removal(7, "Reader A", 1000U)).WillOnce(Return(Answer<bool>{0, false}));
  answer_transmit(codes::kNotTransacted, "");
  const auto facts = failure_of_transmit(*connection);
  EXPECT_EQ(facts.code, "communication-error");
  EXPECT_EQ(facts.message, "Reader A: the reader got no answer from the card");
}

TEST_F(PcscConnectionTest, OutlivesTheContextOfWhoOpenedIt) {
  const InSequence order;
  EXPECT_CALL(api_, transmit);
  EXPECT_CALL(api_, disconnect);
  EXPECT_CALL(api_, release_context);
  open()->transmit(hex("80CA006600"));
}

}  // namespace
}  // namespace gpsh::pcsc
