// SPDX-License-Identifier: Apache-2.0
#include "pcsc/pcsc_access.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/error.h"
#include "tests/pcsc/mock_smart_card_api.h"
#include "tests/support/collecting_observer.h"

namespace gpsh::pcsc {
namespace {

using testing::_;
using testing::Field;
using testing::NiceMock;
using testing::Return;
using Names = Answer<std::vector<std::string>>;
using Connected = Answer<ConnectedCard>;

ConnectRequest by_name(std::string name) {
  return {.reader = std::move(name), .reader_number = {}, .protocol = {}};
}
ConnectRequest by_number(unsigned number) {
  return {.reader = {}, .reader_number = number, .protocol = {}};
}
ConnectRequest any_reader() {
  return {.reader = {}, .reader_number = {}, .protocol = {}};
}

class PcscAccessTest : public testing::Test {
 protected:
  PcscAccessTest() : access_(api_) {
    test::play_well(api_);
    ON_CALL(api_, list_readers).WillByDefault(Return(Names{0, {"First 00 00", "Second 00 00"}}));
  }

  std::string connected_to(const ConnectRequest& request) {
    return access_.connect(request, observer_)->describe().reader;
  }
  ErrorFacts refusal(const ConnectRequest& request) {
    try {
      return {.message = "connected to " + connected_to(request)};
    } catch (const Error& error) {
      return error.facts();
    }
  }

  NiceMock<test::MockSmartCardApi> api_;
  test::CollectingObserver observer_;
  PcscAccess access_;
};

TEST_F(PcscAccessTest, EstablishesAndReleasesOnce) {
  EXPECT_CALL(api_, establish_context).Times(1);
  EXPECT_CALL(api_, release_context(7)).Times(1);
  access_.establish_context();
  access_.establish_context();
  access_.release_context();
  access_.release_context();
}

TEST_F(PcscAccessTest, ListsWithoutAnEstablishedContext) {
  EXPECT_CALL(api_, establish_context).Times(1);
  const auto readers = access_.list_readers();
  ASSERT_EQ(readers.size(), 2U);
  EXPECT_EQ(readers[1].name, "Second 00 00");
}

TEST_F(PcscAccessTest, ConnectsByNamePartAndNumber) {
  EXPECT_EQ(connected_to(by_name("Second 00 00")), "Second 00 00");
  EXPECT_EQ(connected_to(by_name("first")), "First 00 00");
  EXPECT_EQ(connected_to(by_name("2")), "Second 00 00");
  EXPECT_EQ(connected_to(by_number(2)), "Second 00 00");
}

TEST_F(PcscAccessTest, RemarksThatANameCouldHaveBeenANumber) {
  EXPECT_CALL(api_, list_readers).WillRepeatedly(Return(Names{0, {"Slot 0", "Slot 1"}}));
  EXPECT_EQ(connected_to(by_name("1")), "Slot 1");
  ASSERT_EQ(observer_.remarks.size(), 1U);
  EXPECT_EQ(observer_.remarks[0].code, "reader-by-name");
  EXPECT_EQ(connected_to(by_name("Slot 1")), "Slot 1");
  EXPECT_EQ(connected_to(by_number(1)), "Slot 0");
  EXPECT_EQ(observer_.remarks.size(), 1U);
}

TEST_F(PcscAccessTest, TriesOnlyTheReaderAskedFor) {
  ON_CALL(api_, connect(_, "First 00 00", _)).WillByDefault(Return(Connected{codes::kNoSmartcard, {}}));
  EXPECT_CALL(api_, connect(_, "Second 00 00", _)).Times(0);
  EXPECT_CALL(api_, connect(_, "First 00 00", _)).Times(2);
  EXPECT_EQ(refusal(by_name("First 00 00")).message, "First 00 00: no card in the reader");
  EXPECT_EQ(refusal(by_number(1)).native_code, codes::kNoSmartcard);
}

TEST_F(PcscAccessTest, RefusesANumberThatNoReaderHas) {
  const auto facts = refusal(by_number(3));
  EXPECT_EQ(facts.code, "no-such-reader");
  EXPECT_EQ(facts.message, "there is no reader number 3; 2 are connected");
  EXPECT_EQ(refusal(by_number(0)).message, "there is no reader number 0; 2 are connected");
}

TEST_F(PcscAccessTest, TakesTheFirstReaderWithACard) {
  ON_CALL(api_, connect(_, "First 00 00", _)).WillByDefault(Return(Connected{codes::kNoSmartcard, {}}));
  EXPECT_EQ(connected_to(any_reader()), "Second 00 00");
}

TEST_F(PcscAccessTest, PrefersTheFirstOfTwoCards) {
  EXPECT_EQ(connected_to(any_reader()), "First 00 00");
}

TEST_F(PcscAccessTest, TellsTheLastReadersErrorWhenAllFail) {
  ON_CALL(api_, connect(_, "First 00 00", _)).WillByDefault(Return(Connected{codes::kNoSmartcard, {}}));
  ON_CALL(api_, connect(_, "Second 00 00", _)).WillByDefault(Return(Connected{codes::kUnresponsiveCard, {}}));
  EXPECT_EQ(refusal(any_reader()).message, "Second 00 00: the card does not answer to a reset");
}

TEST_F(PcscAccessTest, SaysThatThereIsNoReader) {
  ON_CALL(api_, list_readers).WillByDefault(Return(Names{codes::kNoReadersAvailable, {}}));
  EXPECT_EQ(refusal(any_reader()).code, "no-reader");
  EXPECT_EQ(refusal(by_number(1)).code, "no-reader");
  EXPECT_EQ(refusal(by_name("x")).code, "no-reader");
}

TEST_F(PcscAccessTest, PassesTheProtocolOn) {
  EXPECT_CALL(api_, connect(_, _, Field(&ConnectMode::protocol, ProtocolChoice::t0)));
  EXPECT_CALL(api_, connect(_, _, Field(&ConnectMode::protocol, ProtocolChoice::t1)));
  EXPECT_CALL(api_, connect(_, _, Field(&ConnectMode::protocol, ProtocolChoice::any)));
  for (const auto protocol :
       {std::optional(TransmissionProtocol::t0), std::optional(TransmissionProtocol::t1),
        std::optional<TransmissionProtocol>()}) {
    auto request = any_reader();
    request.protocol = protocol;
    static_cast<void>(access_.connect(request, observer_));
  }
}

TEST_F(PcscAccessTest, LeavesConnectionsOpenWhenTheContextIsReleased) {
  const auto connection = access_.connect(any_reader(), observer_);
  EXPECT_CALL(api_, release_context).Times(0);
  access_.release_context();
  EXPECT_EQ(connection->transmit(hex("80CA006600")), hex("9000"));
  testing::Mock::VerifyAndClearExpectations(&api_);
}

}  // namespace
}  // namespace gpsh::pcsc
