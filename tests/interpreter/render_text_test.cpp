// SPDX-License-Identifier: Apache-2.0
#include "interpreter/render_text.h"

#include <gtest/gtest.h>

namespace gpsh::interpreter {
namespace {

const Diagnostic kDiagnostic{.severity = Severity::error,
                             .code = "card-status",
                             .text = "it was refused",
                             .span = Span{.offset = 9, .length = 6},
                             .facts = {"sent 00, answered 6A82"},
                             .advice = "try again"};

TEST(RenderText, HasPlaceExcerptCaretFactsAndAdvice) {
  const Source source("a.txt", "mode_211\nselect -AID A0\n");
  EXPECT_EQ(render_text(kDiagnostic, source, Colour::off),
            "a.txt:2:1: error[gpsh.card-status]: it was refused\n"
            "  select -AID A0\n"
            "  ^^^^^^\n"
            "  sent 00, answered 6A82\n"
            "  advice: try again\n");
}

TEST(RenderText, CaretStandsRightBesideAndBelowASecretOfAnyLength) {
  auto diagnostic = kDiagnostic;
  diagnostic.facts.clear();
  diagnostic.advice.clear();
  for (const std::string secret : {"1", "12345678", "123456789012345678901234567890"}) {
    Source source("a.txt", "-key " + secret + " -pass x\nexit\n");
    source.hide({.offset = 5, .length = secret.size()});
    diagnostic.span = Span{.offset = 6 + secret.size(), .length = 5};
    const auto behind = render_text(diagnostic, source, Colour::off);
    EXPECT_TRUE(behind.ends_with("  -key ******** -pass x\n                ^^^^^\n")) << behind;
    diagnostic.span = Span{.offset = 5 + secret.size() / 2, .length = 1};
    const auto inside = render_text(diagnostic, source, Colour::off);
    EXPECT_TRUE(inside.ends_with("  -key ******** -pass x\n       ^^^^^^^^\n")) << inside;
  }
}

TEST(RenderText, ColourIsOnTheSeverityOnly) {
  const Source source("a.txt", "mode_211\nselect -AID A0\n");
  const auto text = render_text(kDiagnostic, source, Colour::on);
  EXPECT_TRUE(text.starts_with("a.txt:2:1: \x1b[1;31merror[gpsh.card-status]\x1b[0m: it was refused\n"));
}

TEST(RenderText, NoteHasNoExcerpt) {
  const Source source("a.txt", "mode_211\nselect -AID A0\n");
  auto note = kDiagnostic;
  note.severity = Severity::note;
  note.facts.clear();
  EXPECT_EQ(render_text(note, source, Colour::off),
            "a.txt:2:1: note[gpsh.card-status]: it was refused\n  advice: try again\n");
}

TEST(RenderText, WithoutPlaceItIsAboutTheFileOrTheProgram) {
  const Source source("a.txt", "");
  const Diagnostic diagnostic{.code = "empty-script", .text = "nothing here"};
  EXPECT_EQ(render_text(diagnostic, source, Colour::off), "a.txt: error[gpsh.empty-script]: nothing here\n");
  EXPECT_EQ(render_text(diagnostic, Colour::off), "gpsh: error[gpsh.empty-script]: nothing here\n");
}

TEST(RenderText, LongLineIsCutAroundThePlace) {
  const Source source("a.txt", std::string(300, 'a') + "X" + std::string(300, 'b'));
  auto diagnostic = kDiagnostic;
  diagnostic.span = Span{.offset = 300, .length = 500};
  diagnostic.facts.clear();
  diagnostic.advice.clear();
  EXPECT_EQ(render_text(diagnostic, source, Colour::off),
            "a.txt:1:301: error[gpsh.card-status]: it was refused\n"
            "  " +
                std::string(55, 'a') + "X" + std::string(54, 'b') +
                "\n"
                "  " +
                std::string(55, ' ') + std::string(55, '^') + "\n");
}

TEST(RenderText, CaretStandsBelowItsCharacterAlsoAfterUmlauts) {
  const Source source("a.txt", "print \xC3\xBC\xC3\xB6 xyz\n");
  auto diagnostic = kDiagnostic;
  diagnostic.span = Span{.offset = 11, .length = 3};
  EXPECT_NE(
      render_text(diagnostic, source, Colour::off).find("  print \xC3\xBC\xC3\xB6 xyz\n           ^^^\n"),
      std::string::npos);
}

TEST(RenderText, BytesThatAreNoCharactersAreDots) {
  for (const std::string text : {"a\xFF"
                                 "b",
                                 "a\xC3"
                                 "b",
                                 "a\xE2\x82", "a\x80"}) {
    const Source source("a.txt", text);
    auto diagnostic = kDiagnostic;
    diagnostic.span = Span{.offset = 0, .length = 1};
    const auto rendered = render_text(diagnostic, source, Colour::off);
    EXPECT_NE(rendered.find("\n  a."), std::string::npos) << rendered;
  }
}

TEST(RenderText, ControlCharactersDoNotReachTheTerminal) {
  const Source source("a.txt", "a\x1b[2Jb\n");
  auto diagnostic = kDiagnostic;
  diagnostic.span = Span{.offset = 0, .length = 1};
  EXPECT_NE(render_text(diagnostic, source, Colour::off).find("  a.[2Jb\n"), std::string::npos);
}

TEST(RenderText, ControlCharactersOfMessagesDoNotReachTheTerminal) {
  EXPECT_EQ(render_text({.severity = Severity::error,
                         .code = "unknown-command",
                         .text = "unknown command \x1b[2J",
                         .facts = {"sent \x07"},
                         .advice = "did you mean \xC2\x9B"
                                   "31m\xC3\xA4?"},
                        Colour::off),
            "gpsh: error[gpsh.unknown-command]: unknown command .[2J\n  sent .\n  advice: did you mean "
            ".31m\xC3\xA4?\n");
}

}  // namespace
}  // namespace gpsh::interpreter
