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

TEST(Source, HiddenTextIsStarsInMessagesOnly) {
  Source source("s", "-key 0011 x");
  source.hide({.offset = 5, .length = 4});
  EXPECT_EQ(source.shown({.offset = 0, .length = 11}), "-key **** x");
  EXPECT_EQ(source.text(), "-key 0011 x");
}

TEST(Source, ForgottenTextIsStarsEverywhere) {
  Source source("s", "-key 0011 x");
  source.forget({.offset = 5, .length = 4});
  EXPECT_EQ(source.shown({.offset = 0, .length = 11}), "-key **** x");
  EXPECT_EQ(source.text(), "-key **** x");
}

}  // namespace
}  // namespace gpsh::interpreter
