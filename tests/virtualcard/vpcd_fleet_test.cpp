// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/vpcd_fleet.h"

#include <gtest/gtest.h>

#include <thread>

#include "core/error.h"
#include "tests/support/scripted_connection.h"
#include "tests/virtualcard/vpcd_driver.h"

namespace gpsh::virtualcard {
namespace {

using test::Driver;
using test::free_port;
using test::ScriptedConnection;

ServedCard served(Connection& card, std::uint16_t port) {
  return {.card = card, .address = {.host = "127.0.0.1", .port = port}, .listener = [](LinkEvent) {}};
}

TEST(VpcdFleet, EveryCardSitsInItsOwnReader) {
  ScriptedConnection first;
  ScriptedConnection second;
  first.expect("00A4040001", "01");
  second.expect("00A4040002", "02");
  Driver first_driver;
  Driver second_driver;
  const std::vector cards{served(first, first_driver.port()), served(second, second_driver.port())};
  std::atomic<bool> stop{false};
  std::thread thread([&] { serve_vpcd_fleet(cards, stop); });
  auto first_end = first_driver.accept_card();
  auto second_end = second_driver.accept_card();
  second_end.send_raw("0005 00A4040002");
  EXPECT_EQ(second_end.receive_raw(3), "000102");
  first_end.send_raw("0005 00A4040001");
  EXPECT_EQ(first_end.receive_raw(3), "000101");
  stop = true;
  thread.join();
  EXPECT_TRUE(first_end.closed());
  EXPECT_TRUE(second_end.closed());
}

TEST(VpcdFleet, TheFirstThatFailsStopsTheOthers) {
  ScriptedConnection in_reader;
  ScriptedConnection without_reader;
  Driver driver;
  auto failing = served(without_reader, free_port());
  failing.address.wait = std::chrono::milliseconds(0);
  const std::vector cards{served(in_reader, driver.port()), failing};
  const std::atomic<bool> stop{false};
  try {
    serve_vpcd_fleet(cards, stop);
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), "no-vpcd");
  }
}

}  // namespace
}  // namespace gpsh::virtualcard
