// SPDX-License-Identifier: Apache-2.0
#include "interpreter/check.h"

#include <gtest/gtest.h>

#include "interpreter/render_text.h"
#include "tests/interpreter/checked.h"
#include "tests/interpreter/script_run.h"

namespace gpsh::interpreter {
namespace {

const std::string kCard = "establish_context\ncard_connect\n";  // lines 1 and 2
constexpr std::string_view kKey = "00112233445566778899AABBCCDDEEFF";

std::string checked(const std::string& text, Strictness strictness = Strictness::strict,
                    const Environment& environment = test::no_environment) {
  const auto script = check(Source("list.txt", text), environment, strictness, SecretDisplay::masked);
  std::string all;
  for (const auto& diagnostic : script.diagnostics)
    all += render_text(diagnostic, script.source, Colour::off);
  return all;
}

TEST(Check, GoodScriptHasNoDiagnostics) {
  EXPECT_EQ(
      checked(
          "mode_211\nestablish_context // now\ncard_connect -readerNumber 1\nselect -AID A000000003000000\n"),
      "");
}

TEST(Check, CrlfIsALineEnd) {
  EXPECT_EQ(checked("mode_211\r\nestablish_context\r\ncard_connect\r\nselect -AID A000000003000000\r\n"), "");
}

TEST(Check, UnknownCommand) {
  EXPECT_EQ(checked("mode_211\nopen_cs -security 1\n"),
            "list.txt:2:1: error[gpsh.unknown-command]: unknown command open_cs\n"
            "  open_cs -security 1\n"
            "  ^^^^^^^\n"
            "  advice: did you mean open_sc?\n");
  EXPECT_EQ(checked("frobnicate\n"),
            "list.txt:1:1: error[gpsh.unknown-command]: unknown command frobnicate\n"
            "  frobnicate\n"
            "  ^^^^^^^^^^\n"
            "  advice: gpsh help lists the commands\n");
}

TEST(Check, UnknownOption) {
  EXPECT_EQ(checked(kCard + "select -aid A000000003000000\n"),
            "list.txt:3:8: error[gpsh.unknown-option]: unknown option -aid\n"
            "  select -aid A000000003000000\n"
            "         ^^^^\n"
            "  advice: did you mean -AID?\n");
}

TEST(Check, GuessesTheOptionOfAValueThatStandsWithoutOne) {
  const auto advice = [](const std::string& line) {
    for (const auto& diagnostic : test::bound(test::kSelected + line + "\n").diagnostics)
      if (diagnostic.code == "unknown-option") return diagnostic.advice;
    return std::string();
  };
  EXPECT_EQ(advice("get_status 40"), "did you mean -element 40?");
  EXPECT_EQ(advice("install hello.cap"), "did you mean -file hello.cap?");
  EXPECT_EQ(advice("get_data 9F7F"), "did you mean -identifier 9F7F?");
  EXPECT_EQ(advice("get_status -element=40"), "write -element VALUE, with a blank between");
  EXPECT_EQ(advice("open_sc -sec 3"), "did you mean -security?");
  EXPECT_EQ(advice("open_sc -enc 00"), "did you mean -enc_key?");
  EXPECT_EQ(advice("open_sc -s 3"), "see gpsh help open_sc");
  EXPECT_EQ(advice("send_apdu -APDU 00 A4 04 00"), "write its bytes without blanks between them");
  EXPECT_EQ(advice("select \xE2\x80\x93"
                   "AID A000"),
            "an en dash (U+2013) stands in it, as word processors and web pages make them: type -");
  EXPECT_EQ(advice("open_sc " + test::kTestKey), "see gpsh help open_sc") << "four options take a key";
}

TEST(Check, MissingValue) {
  const std::string expected =
      "list.txt:3:8: error[gpsh.missing-value]: option -AID needs a value\n"
      "  select -AID{}\n"
      "         ^^^^\n"
      "  advice: see gpsh help select\n";
  for (const std::string tail : {"", " //", " # later"}) {
    auto text = expected;
    EXPECT_EQ(checked(kCard + "select -AID" + tail + "\n"), text.replace(text.find("{}"), 2, tail));
  }
}

TEST(Check, OddHex) {
  EXPECT_EQ(checked(kCard + "select -AID A00000000300000\n"),
            "list.txt:3:13: error[gpsh.odd-hex]: -AID: 15 hex digits do not make whole bytes\n"
            "  select -AID A00000000300000\n"
            "              ^^^^^^^^^^^^^^^\n"
            "  advice: a digit is missing or too many; a leading 0 has to be written\n");
}

TEST(Check, ForeignHex) {
  EXPECT_EQ(checked(kCard + "select -AID A00000000300O0\n"),
            "list.txt:3:13: error[gpsh.bad-hex]: -AID: \"O\" at character 13 is not a hex digit\n"
            "  select -AID A00000000300O0\n"
            "              ^^^^^^^^^^^^^^\n"
            "  advice: write hex digits only, without 0x and without blanks\n");
}

TEST(Check, OverlongAid) {
  EXPECT_EQ(checked(kCard + "select -AID A000000003000000A000000003000000A0\n"),
            "list.txt:3:13: error[gpsh.bad-length]: -AID: an AID has 5 to 16 bytes, this one has 17\n"
            "  select -AID A000000003000000A000000003000000A0\n"
            "              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
            "  advice: check it for digits too many; a partial AID may be shorter, not empty\n");
}

TEST(Check, HexSecurityLevelIsAcceptedWithANote) {
  const std::string script =
      "mode_211\n" + kCard + "select\nopen_sc -security 0x33 -key 404142434445464748494A4B4C4D4E4F\n";
  EXPECT_EQ(checked(script),
            "list.txt:5:19: note[gpsh.hex-number]: -security: 0x33 is read as 51; GPShell reads it as 0\n"
            "  advice: write 51 to mean the same everywhere\n");
  const auto bound =
      check(Source("s", script), test::no_environment, Strictness::strict, SecretDisplay::masked);
  EXPECT_EQ(std::get<OpenSc>(*bound.lines[4].command).security.value, 51U);
}

TEST(Check, EmptyScript) {
  const std::string expected =
      "list.txt: error[gpsh.empty-script]: there is no command in this script\n"
      "  advice: write at least one; gpsh help lists the commands\n";
  EXPECT_EQ(checked(""), expected);
  EXPECT_EQ(checked("# only a comment\n\n"), expected);
}

TEST(Check, NulByte) {
  EXPECT_EQ(checked(std::string("mode_211\nse\0lect\n", 17)),
            "list.txt:2:3: error[gpsh.nul-byte]: a NUL byte stands here (1 in the whole file)\n"
            "  se.lect\n"
            "    ^\n"
            "  advice: a script is plain text; is this the right file, and not saved as UTF-16?\n");
}

TEST(Check, MegabyteLine) {
  EXPECT_EQ(checked("mode_211\n" + std::string(1U << 20U, 'a') + "\n"),
            "list.txt:2:1: error[gpsh.line-too-long]: this line has 1048576 bytes, 65535 are the most\n"
            "  " +
                std::string(110, 'a') +
                "\n"
                "  ^\n"
                "  advice: no command needs that much: is this a script?\n");
}

TEST(Check, UnclosedQuoteAndVariableAreErrorsOnlyWhereTheyAreRead) {
  EXPECT_EQ(checked("establish_context\ncard_connect -reader \"Foo\n"),
            "list.txt:2:22: error[gpsh.unclosed-quote]: this quote is not closed on its line\n"
            "  card_connect -reader \"Foo\n"
            "                       ^^^^\n"
            "  advice: close it with \" before the end of the line\n");
  EXPECT_EQ(checked("establish_context\ncard_connect\nselect // don't \"${\nprint \"${\n"), "");
  EXPECT_EQ(
      checked("establish_context \"x ${\n"),
      "list.txt:1:19: warning[gpsh.unused-option]: establish_context has no options: what stands behind it "
      "does nothing\n"
      "  establish_context \"x ${\n"
      "                    ^^^^^\n"
      "  advice: remove it, or make it a comment with //\n");
  EXPECT_NE(checked("mode_211 enable_trace\n").find("advice: put each command on a line of its own\n"),
            std::string::npos);
}

TEST(Check, ValidOptionOfAnotherCommandWarns) {
  EXPECT_EQ(checked(kCard + "select -file hello.cap\n"),
            "list.txt:3:8: warning[gpsh.unused-option]: select does nothing with option -file\n"
            "  select -file hello.cap\n"
            "         ^^^^^\n"
            "  advice: remove it; GPShell ignores it too\n");
}

TEST(Check, AllMistakesAreReportedAtOnce) {
  const auto text = checked("opn_sc\nselect -AID 1\nget_data -identifer 66\n");
  EXPECT_NE(text.find("list.txt:1:1: error[gpsh.unknown-command]"), std::string::npos);
  EXPECT_NE(text.find("list.txt:2:13: error[gpsh.odd-hex]"), std::string::npos);
  EXPECT_NE(text.find("list.txt:3:10: error[gpsh.unknown-option]"), std::string::npos);
}

TEST(Check, LenientOnlyWarns) {
  const auto script = check(Source("s", kCard + "frobnicate\nselect -aid A0 -AID A000000003\n"),
                            test::no_environment, Strictness::lenient, SecretDisplay::masked);
  EXPECT_FALSE(has_errors(script.diagnostics));
  EXPECT_EQ(script.diagnostics.size(), 2U);
  EXPECT_EQ(std::get<Select>(*script.lines[3].command).aid->text(), "A000000003");
}

TEST(Check, VariablesAreReplacedAndNotSplitAgain) {
  const Environment environment = [](const std::string& name) -> std::optional<std::string> {
    if (name == "READER") return "Foo, Bar // 00";
    return std::nullopt;
  };
  const auto script = check(Source("s", "establish_context\ncard_connect -reader ${READER} -protocol 1\n"),
                            environment, Strictness::strict, SecretDisplay::masked);
  EXPECT_TRUE(script.diagnostics.empty());
  EXPECT_EQ(std::get<CardConnect>(*script.lines[1].command).reader->text, "Foo, Bar // 00");
}

TEST(Check, KeysAreNeverShownInMessages) {
  for (const auto& line :
       {"open_cs -mac_key " + std::string(kKey), "open_sc -mac_key " + std::string(kKey) + "0",
        "open_sc -mac_kye " + std::string(kKey), "select -AI A0 -key " + std::string(kKey)}) {
    const auto text = checked(line + "\n");
    EXPECT_EQ(text.find(kKey), std::string::npos) << text;
    EXPECT_NE(text.find(" ********\n"), std::string::npos) << text;
  }
}

TEST(Check, SendApduNeedsAHeader) {
  EXPECT_EQ(checked(kCard + "send_apdu -APDU 80CA\n"),
            "list.txt:3:17: error[gpsh.bad-apdu]: send_apdu needs -APDU with at least 4 bytes, the header\n"
            "  send_apdu -APDU 80CA\n"
            "                  ^^^^\n"
            "  advice: see gpsh help send_apdu\n");
}

TEST(Check, RepeatedOptionWarnsAndTheLastCounts) {
  const auto script = check(
      Source(
          "s",
          kCard +
              "select\nopen_sc -key 404142434445464748494A4B4C4D4E4F\nget_status -element 40 -element 20\n"),
      test::no_environment, Strictness::strict, SecretDisplay::masked);
  ASSERT_EQ(script.diagnostics.size(), 1U);
  EXPECT_EQ(script.diagnostics[0].code, "repeated-option");
  EXPECT_EQ(std::get<GetStatus>(*script.lines[4].command).element.value, 0x20);
}

}  // namespace
}  // namespace gpsh::interpreter
