// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"

#include <gtest/gtest.h>

#include <type_traits>

namespace gpsh {
namespace {

TEST(Error, SaysWhatItWasGiven) {
  const Error error(
      {.kind = ErrorKind::card,
       .code = "refused",
       .message = "GET STATUS was refused",
       .advice = "open a channel",
       .exchange =
           Exchange{.command = "GET STATUS", .apdu = hex("80F28002024F0000"), .sw = StatusWord(0x6982)},
       .native_code = 7});
  EXPECT_EQ(error.kind(), ErrorKind::card);
  EXPECT_EQ(error.code(), "refused");
  EXPECT_STREQ(error.what(), "GET STATUS was refused");
  EXPECT_EQ(error.facts().advice, "open a channel");
  ASSERT_TRUE(error.facts().exchange.has_value());
  EXPECT_EQ(error.facts().exchange->command, "GET STATUS");
  EXPECT_EQ(error.facts().exchange->sw, StatusWord(0x6982));
  EXPECT_EQ(error.facts().native_code, 7U);
}

TEST(Error, IsAFaultOfOurOwnUnlessToldOtherwise) {
  const Error error({.message = "something is wrong"});
  EXPECT_EQ(error.kind(), ErrorKind::internal);
  EXPECT_EQ(error.code(), "");
  EXPECT_FALSE(error.facts().exchange.has_value());
  EXPECT_FALSE(error.facts().native_code.has_value());
}

TEST(Error, IsAnExceptionThatCanBeCopied) {
  static_assert(std::is_base_of_v<std::exception, Error>);
  static_assert(std::is_final_v<Error>);
  const Error original({.code = "one", .message = "the text"});
  const Error& copy = Error(original);
  EXPECT_STREQ(copy.what(), "the text");
  EXPECT_EQ(copy.code(), "one");
}

}  // namespace
}  // namespace gpsh
