// SPDX-License-Identifier: Apache-2.0
#include "gp/expect_ok.h"

#include <gtest/gtest.h>

#include "tests/support/thrown_error.h"

namespace gpsh::gp {
namespace {

const CommandApdu kInstall{.cla = 0x80, .ins = 0xE6, .p1 = 0x02, .data = {0x01}, .le = 256};

TEST(ExpectOk, PassesSuccess) {
  EXPECT_NO_THROW(expect_ok({.data = {}, .sw = StatusWord(0x9000)}, "INSTALL [for load]", kInstall));
}

TEST(ExpectOk, SaysWhatWasRefusedAndWhy) {
  const auto error = test::thrown_error([] {
    expect_ok({.data = {}, .sw = StatusWord(0x6985)}, "INSTALL [for load]", kInstall);
    return 0;
  });
  EXPECT_EQ(error.kind, ErrorKind::card);
  EXPECT_EQ(error.code, "card-status");
  EXPECT_EQ(error.message, "INSTALL [for load] was refused: 6985, conditions of use not satisfied");
  EXPECT_EQ(error.advice, explain(StatusWord(0x6985), 0xE6).advice);
  ASSERT_TRUE(error.exchange);
  EXPECT_EQ(error.exchange->command, "INSTALL [for load]");
  EXPECT_EQ(to_hex(error.exchange->apdu), "80E60200010100");
  EXPECT_EQ(error.exchange->sw, StatusWord(0x6985));
}

TEST(ExpectOk, AWarningIsARefusal) {
  EXPECT_THROW(expect_ok({.data = {}, .sw = StatusWord(0x6283)}, "SELECT", kInstall), Error);
}

}  // namespace
}  // namespace gpsh::gp
