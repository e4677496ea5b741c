// SPDX-License-Identifier: Apache-2.0
#include "sessions/trace_text.h"

#include <gtest/gtest.h>

#include "sessions/apdu_words.h"

namespace gpsh::sessions {
namespace {

std::string traced(std::string_view command, std::string_view answer, const TraceLayout& layout = {}) {
  const auto plain = CommandApdu::parse(hex(command));
  return trace_text(explain_exchange(plain, ResponseApdu::parse(hex(answer))), layout);
}

TEST(TraceText, OneLineInColumns) {
  EXPECT_EQ(traced("00A4040008A000000003000000", "9000"),
            "  9000  SELECT                                  AID A000000003000000\n");
}

TEST(TraceText, ARefusalHasItsMeaning) {
  EXPECT_EQ(traced("80CA00E000", "6A88"),
            "  6A88  GET DATA 00E0 (key information template)  -> referenced data not found\n");
}

TEST(TraceText, TheAnswerStandsBelow) {
  EXPECT_EQ(traced("80CA00C100", "C10200019000"),
            "  9000  GET DATA 00C1 (sequence counter of the default key set)\n"
            "        sequence counter 1\n");
}

TEST(TraceText, WhatDoesNotFitIsFilledInBelow) {
  const auto text =
      traced("80E602001A07D0D1D2D3D4D50108A000000151000000000006EF04C602016000", "009000", {.width = 80});
  EXPECT_EQ(text.find('\n'), text.find("INSTALL [for load]\n") + 18) << text;
  std::size_t from = 0;
  for (auto end = text.find('\n'); end != std::string::npos; from = end + 1, end = text.find('\n', from))
    EXPECT_LE(end - from, 80U) << text;
}

TEST(TraceText, LongAnswersAreCut) {
  std::string entries;
  for (int n = 0; n < 40; ++n) entries += "E30C4F05A0000000019F700101C50100";
  const auto text = traced("80F22002024F0000", entries + "9000");
  EXPECT_EQ(std::ranges::count(text, '\n'), 6) << text;
  EXPECT_NE(text.find(" lines more: gpsh explain\n"), std::string::npos) << text;
}

TEST(TraceText, ColourIsAroundTheStatusWordAndTheDetails) {
  EXPECT_TRUE(traced("80CA00C100", "C10200019000", {.colour = TraceColour::on})
                  .starts_with("  \033[32m9000\033[0m  GET DATA"));
  EXPECT_TRUE(
      traced("80CA00C100", "6310", {.colour = TraceColour::on}).starts_with("  \033[33m6310\033[0m  "));
  EXPECT_TRUE(
      traced("80CA00C100", "6A88", {.colour = TraceColour::on}).starts_with("  \033[31m6A88\033[0m  "));
}

TEST(TraceText, NoAnswer) {
  const auto plain = CommandApdu::parse(hex("80CA00C100"));
  EXPECT_EQ(trace_text(explain_exchange(plain, std::nullopt), {}),
            "  ----  GET DATA 00C1 (sequence counter of the default key set)  -> no answer\n");
}

}  // namespace
}  // namespace gpsh::sessions
