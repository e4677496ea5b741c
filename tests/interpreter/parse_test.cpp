// SPDX-License-Identifier: Apache-2.0
#include "interpreter/parse.h"

#include <gtest/gtest.h>

namespace gpsh::interpreter {
namespace {

std::vector<std::string> words_of(const std::string& text) {
  const Source source("script.txt", text);
  std::vector<std::string> words;
  for (const auto& line : parse(source).lines) {
    for (const auto& word : line.words) words.push_back(word.literal());
  }
  return words;
}

std::string problem_of(const std::string& text) {
  const Source source("script.txt", text);
  for (const auto& line : parse(source).lines) {
    for (const auto& word : line.words) {
      if (!word.problem) continue;
      return std::string(word.problem->code) + " at " + std::to_string(word.problem->span.offset) + "+" +
             std::to_string(word.problem->span.length);
    }
  }
  return "";
}

using Words = std::vector<std::string>;

TEST(Parse, GrammarHasNoLoopsThatConsumeNothing) {
  EXPECT_EQ(analyze_grammar(), 0U);
}

TEST(Parse, SeparatorsAreBlankTabCarriageReturnAndComma) {
  EXPECT_EQ(words_of("card_connect,-reader,AAA\n"), (Words{"card_connect", "-reader", "AAA"}));
  EXPECT_EQ(words_of("  select \t -AID,  A0\r\n"), (Words{"select", "-AID", "A0"}));
}

TEST(Parse, BlankAndCommentLinesHoldNoCommand) {
  EXPECT_EQ(words_of("\n  \n,\r\n# one\n//two\n  // three\n#\n"), Words{});
}

TEST(Parse, LastLineNeedsNoLineEndAndIsReadOnce) {
  const Source source("script.txt", "mode_211\nexit");
  const auto lines = parse(source).lines;
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[1].words.size(), 1U);
  EXPECT_EQ(source.text(lines[0].span), "mode_211\n");
  EXPECT_EQ(source.text(lines[1].span), "exit");
}

TEST(Parse, LinesKeepTheirOwnEndForTheEcho) {
  const Source source("script.txt", "  select -AID A0 // comment\r\n");
  EXPECT_EQ(source.text(parse(source).lines.front().span), "  select -AID A0 // comment\r\n");
}

TEST(Parse, QuotesKeepBlanksAndCommas) {
  EXPECT_EQ(words_of("c -reader \"Foo  Bar, 00\" -protocol 0"),
            (Words{"c", "-reader", "Foo  Bar, 00", "-protocol", "0"}));
  EXPECT_EQ(words_of("c \"Foo\" \" x\" \"\""), (Words{"c", "Foo", " x", ""}));
}

TEST(Parse, QuoteInsideAWordIsAnOrdinaryCharacter) {
  EXPECT_EQ(words_of("c a\"b"), (Words{"c", "a\"b"}));
}

TEST(Parse, VariablesAreMarkedNotReplaced) {
  const Source source("script.txt", "c x${A}${B}y \"${C D}\" $E");
  const auto words = parse(source).lines.front().words;
  ASSERT_EQ(words[1].pieces.size(), 4U);
  EXPECT_EQ(words[1].pieces[1].kind, Word::Piece::Kind::variable);
  EXPECT_EQ(words[1].pieces[1].text, "A");
  EXPECT_EQ(words[1].literal(), "x${A}${B}y");
  EXPECT_EQ(words.back().literal(), "$E");
}

TEST(Parse, BadWordsAreMarkedWithTheirPlace) {
  EXPECT_EQ(problem_of("c \"Foo Bar\n"), "unclosed-quote at 2+8");
  EXPECT_EQ(problem_of("c \"Foo\"x"), "text-after-quote at 7+1");
  EXPECT_EQ(problem_of("c a${B"), "unclosed-variable at 3+2");
  EXPECT_EQ(problem_of("c ${} x"), "unclosed-variable at 2+2");
}

TEST(Parse, CommentSignsAreKnownWhereTheyStartAWord) {
  const Source source("script.txt", "c //x \"//\" ${A}// #");
  const auto words = parse(source).lines.front().words;
  EXPECT_TRUE(words[1].starts_comment());
  EXPECT_FALSE(words[2].starts_comment());
  EXPECT_FALSE(words[3].starts_comment());
  EXPECT_TRUE(words[4].starts_comment());
}

TEST(Parse, NulByteIsReportedAtItsOwnLine) {
  const Source source("script.txt", std::string("mode_211\nsel\0ect\n\0", 18));
  const auto script = parse(source);
  ASSERT_EQ(script.diagnostics.size(), 1U);
  EXPECT_EQ(source.position(script.diagnostics[0].span->offset).line, 2U);
  EXPECT_EQ(script.diagnostics[0].text, "a NUL byte stands here (2 in the whole file)");
  EXPECT_TRUE(script.lines.empty());
}

TEST(Parse, LineAtTheLimitIsReadAndOneByteMoreIsNot) {
  const std::string longest(kMaxLineBytes - 1, 'a');
  EXPECT_EQ(words_of(longest + "\n").size(), 1U);
  const Source source("script.txt", "mode_211\n" + longest + "a\n");
  const auto script = parse(source);
  ASSERT_EQ(script.diagnostics.size(), 1U);
  EXPECT_EQ(script.diagnostics[0].text, "this line has 65536 bytes, 65535 are the most");
}

TEST(Parse, EveryByteIsSurvived) {
  std::string all;
  for (int byte = 1; byte < 256; ++byte) all += static_cast<char>(byte);
  EXPECT_NO_THROW(static_cast<void>(words_of(all + all + "\"${")));
}

}  // namespace
}  // namespace gpsh::interpreter
