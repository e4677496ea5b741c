// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fault_connection.h"

#include <gtest/gtest.h>

#include "tests/support/scripted_connection.h"
#include "tests/support/thrown_error.h"

namespace gpsh::test {
namespace {

TEST(FaultyConnection, PassesEverythingElseOn) {
  ScriptedConnection card;
  card.expect("80CA006600", "6A88").expect("80CA004200", "9000");
  FaultyConnection faulty(card);
  faulty.respond(2, hex("6F00"));
  EXPECT_EQ(to_hex(faulty.transmit(hex("80CA006600"))), "6A88");
  EXPECT_EQ(to_hex(faulty.transmit(hex("80CA00E000"))), "6F00");
  EXPECT_EQ(to_hex(faulty.transmit(hex("80CA004200"))), "9000");
  EXPECT_EQ(faulty.transmits, 3U);
  EXPECT_TRUE(card.done());
  faulty.reset();
  EXPECT_EQ(card.resets, 1);
  EXPECT_EQ(faulty.describe().reader, "Scripted Reader");
}

TEST(FaultyConnection, ThrowsAtItsNumber) {
  ScriptedConnection card;
  FaultyConnection faulty(card);
  faulty.remove_card(1).fail(2, Error({.kind = ErrorKind::reader, .code = "no-service"}));
  EXPECT_EQ(thrown_error([&] { return faulty.transmit(hex("80CA0066")); }).code, "card-removed");
  EXPECT_EQ(thrown_error([&] { return faulty.transmit(hex("80CA0066")); }).code, "no-service");
}

}  // namespace
}  // namespace gpsh::test
