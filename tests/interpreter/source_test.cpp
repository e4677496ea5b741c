// SPDX-License-Identifier: Apache-2.0
#include "interpreter/source.h"

#include <gtest/gtest.h>

namespace gpsh::interpreter {
namespace {

TEST(Source, CountsLinesAndColumnsFromOne) {
  const Source source("s", "ab\r\ncd\n");
  EXPECT_EQ(source.position(0).line, 1U);
  EXPECT_EQ(source.position(1).column, 2U);
  EXPECT_EQ(source.position(4).line, 2U);
  EXPECT_EQ(source.position(5).column, 2U);
  EXPECT_EQ(source.position(7).line, 3U);
}

TEST(Source, CharactersAreCountedToo) {
  const Source source("s", "ab\nä\u20ACc\n\xFFz\n");
  EXPECT_EQ(source.position(8).column, 6U);
  EXPECT_EQ(source.character_position(8).column, 3U);
  EXPECT_EQ(source.character_position(8).line, 2U);
  EXPECT_EQ(source.character_position(11).column, 2U) << "no UTF-8: bytes";
}

TEST(Source, LineComesWithoutItsEnd) {
  const Source source("s", "ab\r\ncd\n\nlast");
  EXPECT_EQ(source.text(source.line_at(1)), "ab");
  EXPECT_EQ(source.text(source.line_at(4)), "cd");
  EXPECT_EQ(source.text(source.line_at(7)), "");
  EXPECT_EQ(source.text(source.line_at(99)), "last");
}

// How long a secret is, is nobody's business either.
TEST(Source, HiddenTextIsAMaskInMessagesOnly) {
  Source source("s", "-key 0011 x -pass secretsecret");
  source.hide({.offset = 5, .length = 4});
  EXPECT_EQ(source.shown({.offset = 0, .length = 11}), "-key ******** x");
  source.hide({.offset = 18, .length = 12});
  EXPECT_EQ(source.shown({.offset = 0, .length = 30}), "-key ******** x -pass ********");
  EXPECT_EQ(source.shown({.offset = 10, .length = 7}), "x -pass");
  EXPECT_EQ(source.text(), "-key 0011 x -pass secretsecret");
}

TEST(Source, PartOfAHiddenTextIsAMaskToo) {
  Source source("s", "-key 0011 x");
  source.hide({.offset = 5, .length = 2});
  source.hide({.offset = 6, .length = 3});
  EXPECT_EQ(source.shown({.offset = 0, .length = 11}), "-key ******** x");
  EXPECT_EQ(source.shown({.offset = 8, .length = 3}), "******** x");
  EXPECT_EQ(source.shown({.offset = 3, .length = 3}), "y ********");
  const auto whole = source.with_whole_values({.offset = 8, .length = 2});
  EXPECT_EQ(whole.offset, 5U);
  EXPECT_EQ(whole.length, 5U);
  EXPECT_EQ(source.with_whole_values({.offset = 9, .length = 1}).offset, 9U);
}

TEST(Source, ForgottenTextIsStarsEverywhere) {
  Source source("s", "-key 0011 x");
  source.forget({.offset = 5, .length = 4});
  EXPECT_EQ(source.shown({.offset = 0, .length = 11}), "-key ******** x");
  EXPECT_EQ(source.text(), "-key **** x");
}

}  // namespace
}  // namespace gpsh::interpreter
