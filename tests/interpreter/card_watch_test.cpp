// SPDX-License-Identifier: Apache-2.0
#include "interpreter/card_watch.h"

#include <gtest/gtest.h>

#include "core/bytes.h"
#include "core/error.h"

namespace gpsh::test {
namespace {

using interpreter::CardChange;
using interpreter::CardWatch;

class Readers final : public CardAccess {
 public:
  void establish_context() override {}
  void release_context() override {}
  std::vector<ReaderInfo> list_readers() override {
    if (!failure.empty())
      throw Error({.kind = ErrorKind::reader, .code = failure, .message = "", .advice = ""});
    return readers;
  }
  std::unique_ptr<Connection> connect(const ConnectRequest&, Observer&) override { return nullptr; }

  std::vector<ReaderInfo> readers;
  std::string failure;
};

class CardWatchTest : public ::testing::Test {
 protected:
  void put_in() { access_.readers = {{.name = "A", .atr = hex("3B00")}, {.name = "B", .atr = {}}}; }
  void take_out() { access_.readers.front().atr.clear(); }
  /// "removed A", "inserted A", or nothing.
  std::string look(const std::string& connected) {
    const auto change = watch_.look(connected);
    if (!change) return "";
    return (change->kind == CardChange::Kind::removed ? "removed " : "inserted ") + change->reader;
  }

  Readers access_;
  CardWatch watch_{access_};
};

TEST_F(CardWatchTest, TellsEachChangeOnce) {
  put_in();
  EXPECT_EQ(look("A"), "");
  take_out();
  EXPECT_EQ(look("A"), "removed A");
  EXPECT_EQ(look(""), "");
  put_in();
  EXPECT_EQ(look(""), "inserted A");
  EXPECT_EQ(look(""), "");
}

TEST_F(CardWatchTest, ACardThatIsNotConnectedIsNotMissedButWelcomed) {
  put_in();
  EXPECT_EQ(look("A"), "");
  take_out();
  EXPECT_EQ(look(""), "");
  put_in();
  EXPECT_EQ(look(""), "inserted A");
}

TEST_F(CardWatchTest, BeforeAnyCardThereIsNothingToWatch) {
  put_in();
  EXPECT_EQ(look(""), "");
}

TEST_F(CardWatchTest, AReaderThatIsGoneHoldsNoCard) {
  put_in();
  EXPECT_EQ(look("A"), "");
  access_.failure = "no-reader";
  EXPECT_EQ(look("A"), "removed A");
}

TEST_F(CardWatchTest, ASilentServiceTellsNothing) {
  put_in();
  access_.failure = "no-service";
  EXPECT_EQ(look("A"), "");
}

}  // namespace
}  // namespace gpsh::test
