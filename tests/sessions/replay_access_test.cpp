// SPDX-License-Identifier: Apache-2.0
#include "sessions/replay_access.h"

#include <gtest/gtest.h>

#include "core/error.h"
#include "sessions/import_log.h"
#include "sessions/replay_connection.h"
#include "sessions/replay_random.h"
#include "tests/support/collecting_observer.h"
#include "tests/support/test_data.h"

namespace gpsh::sessions {
namespace {

std::shared_ptr<ReplayTape> two_exchanges() {
  return std::make_shared<ReplayTape>(
      "a.log",
      std::vector<LoggedExchange>{
          {.plain_command = {}, .wire_command = hex("80CA006600"), .wire_response = hex("6A88"), .line = 1},
          {.plain_command = {}, .wire_command = hex("80CA004200"), .wire_response = hex("9000"), .line = 3}});
}

TEST(ReplayConnection, SaysWhatItIs) {
  test::CollectingObserver observer;
  const auto info = ReplayConnection(two_exchanges(), observer).describe();
  EXPECT_EQ(info.reader, "Replay of a.log");
  EXPECT_EQ(info.protocol, TransmissionProtocol::t1);
  EXPECT_EQ(to_hex(info.atr), "3B00");
}

TEST(ReplayConnection, ResetLeavesTheTape) {
  test::CollectingObserver observer;
  ReplayConnection connection(two_exchanges(), observer);
  EXPECT_EQ(to_hex(connection.transmit(hex("80CA006600"))), "6A88");
  connection.reset();
  EXPECT_EQ(to_hex(connection.transmit(hex("80CA004200"))), "9000");
  EXPECT_THROW(connection.transmit(hex("80CA004200")), Error);
}

TEST(ReplayAccess, ListsOneReader) {
  ReplayAccess access(two_exchanges());
  access.establish_context();
  const auto readers = access.list_readers();
  ASSERT_EQ(readers.size(), 1U);
  EXPECT_EQ(readers[0].name, "Replay of a.log");
  EXPECT_EQ(to_hex(readers[0].atr), "3B00");
}

TEST(ReplayAccess, TakesEveryReaderAndProtocolAndGoesOnAfterReconnecting) {
  test::CollectingObserver observer;
  ReplayAccess access(two_exchanges());
  {
    const auto first =
        access.connect({.reader = "some reader", .reader_number = {}, .protocol = {}}, observer);
    EXPECT_EQ(to_hex(first->transmit(hex("80CA006600"))), "6A88");
  }
  EXPECT_EQ(access.leftover()->count, 1U);
  EXPECT_EQ(access.leftover()->first.line, 3U);
  access.release_context();
  const auto second =
      access.connect({.reader = "", .reader_number = 17, .protocol = TransmissionProtocol::t0}, observer);
  EXPECT_EQ(second->describe().protocol, TransmissionProtocol::t1);
  EXPECT_EQ(to_hex(second->transmit(hex("80CA004200"))), "9000");
  EXPECT_FALSE(access.leftover().has_value());
  EXPECT_TRUE(observer.remarks.empty());
}

TEST(ReplayRandom, GivesTheRecordedHostChallenges) {
  const auto path = test::outside_file("recordings/gpshell-01-scp02-i55-level3-install-personalize.log");
  if (!path)
    GTEST_SKIP() << "recording gpshell-01 is not there; set GPSH_TEST_DATA to the folder that has it";
  auto exchanges = load_log(*path).exchanges;
  const auto tape = std::make_shared<ReplayTape>("gpshell-01", exchanges);
  ReplayRandom random(tape);
  EXPECT_EQ(to_hex(random.bytes(8)), "1443E205269A2AB5");
  std::size_t channels = 0;
  for (const auto& exchange : exchanges) {
    if (exchange.wire_command.at(1) == 0x50) {
      const auto challenge = random.bytes(8);
      EXPECT_TRUE(equal(ByteView(exchange.wire_command).subspan(5, 8), challenge));
      ++channels;
    }
    EXPECT_EQ(tape->answer(exchange.wire_command), exchange.wire_response);
  }
  EXPECT_EQ(channels, 2U);
  EXPECT_THROW(random.bytes(8), Error);
}

}  // namespace
}  // namespace gpsh::sessions
