// SPDX-License-Identifier: Apache-2.0
#include "gp/encryption_counter.h"

#include <gtest/gtest.h>

#include <limits>

#include "tests/support/thrown_error.h"

namespace gpsh::gp {
namespace {

// AmdD 1.2 sections 6.2.6 and 6.2.7.
TEST(EncryptionCounter, StartsAtOne) {
  EncryptionCounter counter;
  counter.advance();
  EXPECT_EQ(to_bytes(counter.command_block()), hex("00000000000000000000000000000001"));
  EXPECT_EQ(to_bytes(counter.response_block()), hex("80000000000000000000000000000001"));
}

TEST(EncryptionCounter, CountsAcrossBytes) {
  EncryptionCounter counter(0xFF);
  counter.advance();
  EXPECT_EQ(to_bytes(counter.command_block()), hex("00000000000000000000000000000100"));
  EncryptionCounter large(0x0123456789ABCDEE);
  large.advance();
  EXPECT_EQ(to_bytes(large.command_block()), hex("00000000000000000123456789ABCDEF"));
}

TEST(EncryptionCounter, NeverRepeats) {
  EncryptionCounter counter(std::numeric_limits<std::uint64_t>::max() - 1);
  counter.advance();
  EXPECT_EQ(to_bytes(counter.command_block()), hex("0000000000000000FFFFFFFFFFFFFFFF"));
  const auto error = test::thrown_error([&] {
    counter.advance();
    return 0;
  });
  EXPECT_EQ(error.code, "counter-exhausted");
  EXPECT_EQ(error.kind, ErrorKind::security);
  EXPECT_EQ(error.advice, "open a new channel");
  EXPECT_EQ(to_bytes(counter.command_block()), hex("0000000000000000FFFFFFFFFFFFFFFF"));
}

}  // namespace
}  // namespace gpsh::gp
