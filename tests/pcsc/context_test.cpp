// SPDX-License-Identifier: Apache-2.0
#include "pcsc/context.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/error.h"
#include "tests/pcsc/mock_smart_card_api.h"

namespace gpsh::pcsc {
namespace {

using testing::NiceMock;
using testing::Return;
using Names = Answer<std::vector<std::string>>;

class ContextTest : public testing::Test {
 protected:
  ContextTest() { test::play_well(api_); }

  ErrorFacts failure_of_listing() {
    const Context context(api_);
    try {
      return {.message = std::to_string(context.list_readers().size()) + " readers"};
    } catch (const Error& error) {
      return error.facts();
    }
  }

  NiceMock<test::MockSmartCardApi> api_;
};

TEST_F(ContextTest, IsReleasedOnce) {
  EXPECT_CALL(api_, release_context(7)).Times(1);
  const Context context(api_);
}

TEST_F(ContextTest, SaysThatTheServiceIsNotRunning) {
  ON_CALL(api_, establish_context).WillByDefault(Return(Answer<ContextHandle>{codes::kNoService, 0}));
  EXPECT_CALL(api_, release_context).Times(0);
  try {
    const Context context(api_);
    FAIL() << "established";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), "no-service");
  }
}

TEST_F(ContextTest, ListsReadersWithTheAtrsOfTheirCards) {
  ON_CALL(api_, list_readers).WillByDefault(Return(Names{0, {"A", "B", "C"}}));
  ON_CALL(api_, atr_in_reader(7, "B")).WillByDefault(Return(Answer<Bytes>{0, {}}));
  ON_CALL(api_, atr_in_reader(7, "C")).WillByDefault(Return(Answer<Bytes>{codes::kUnknownReader, {}}));
  EXPECT_CALL(api_, connect).Times(0);
  const auto readers = Context(api_).list_readers();
  ASSERT_EQ(readers.size(), 3U);
  EXPECT_EQ(readers[0].name, "A");
  EXPECT_EQ(readers[0].atr, hex("3B00"));
  EXPECT_EQ(readers[1].name, "B");
  EXPECT_TRUE(readers[1].atr.empty());
  EXPECT_EQ(readers[2].name, "C");
  EXPECT_TRUE(readers[2].atr.empty());
}

TEST_F(ContextTest, SaysThatThereIsNoReaderByCodeAndByEmptyList) {
  ON_CALL(api_, list_readers).WillByDefault(Return(Names{codes::kNoReadersAvailable, {}}));
  EXPECT_EQ(failure_of_listing().code, "no-reader");
  ON_CALL(api_, list_readers).WillByDefault(Return(Names{0, {}}));
  EXPECT_EQ(failure_of_listing().code, "no-reader");
  EXPECT_EQ(failure_of_listing().native_code, codes::kNoReadersAvailable);
}

TEST_F(ContextTest, TellsAFailureOfTheList) {
  ON_CALL(api_, list_readers).WillByDefault(Return(Names{codes::kInvalidHandle, {}}));
  EXPECT_EQ(failure_of_listing().code, "no-service");
}

}  // namespace
}  // namespace gpsh::pcsc
