// SPDX-License-Identifier: Apache-2.0
// Keys and pass phrases on lines that are written wrongly.
#include <gmock/gmock.h>

#include "interpreter/echo.h"
#include "interpreter/history_rule.h"
#include "tests/interpreter/checked.h"

namespace gpsh::test {
namespace {

using interpreter::Strictness;
using testing::HasSubstr;
using testing::Not;

const std::string kSecretKey = "00112233445566778899AABBCCDDEEFF";

struct WrongLine {
  std::string line;
  std::string shown;  ///< in the excerpt
};

std::string echoed(const interpreter::BoundScript& script, std::size_t line) {
  return interpreter::echo(script.source, script.lines.at(line), interpreter::SecretDisplay::masked,
                           interpreter::KeyCipher::triple_des)
      .value_or("");
}

class MisplacedSecret : public testing::TestWithParam<WrongLine> {};

TEST_P(MisplacedSecret, IsInNoMessage) {
  for (const auto strictness : {Strictness::strict, Strictness::lenient}) {
    const auto messages = told(bound(kSelected + GetParam().line + "\n", strictness));
    EXPECT_THAT(messages, Not(HasSubstr("00112233")));
    EXPECT_THAT(messages, Not(HasSubstr("CCDDEEFF")));
    EXPECT_THAT(messages, HasSubstr("\n  " + GetParam().shown + "\n"));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Lines, MisplacedSecret,
    testing::Values(WrongLine{"open_sc " + kSecretKey, "open_sc ********"},
                    WrongLine{"open_sc -security 3 " + kSecretKey, "open_sc -security 3 ********"},
                    WrongLine{"open_sc key " + kSecretKey, "open_sc key ********"},
                    WrongLine{"open_sc -kye " + kSecretKey, "open_sc -kye ********"},
                    WrongLine{"open_sc -qqqqqq " + kSecretKey, "open_sc -qqqqqq ********"},
                    WrongLine{"open_sc -key=" + kSecretKey, "open_sc ********"},
                    WrongLine{"open_sc -key:" + kSecretKey, "open_sc ********"},
                    WrongLine{"open_sc -keyver " + kSecretKey, "open_sc -keyver ********"},
                    WrongLine{"open_sc -keyDerivation " + kSecretKey, "open_sc -keyDerivation ********"},
                    WrongLine{"open_sc -key 0011223344556677 8899AABBCCDDEEFF",
                              "open_sc -key ******** ********"},
                    WrongLine{"open_sc -key \"" + kSecretKey, "open_sc -key ********"},
                    WrongLine{"put_sc_key -keyver 1 " + kSecretKey, "put_sc_key -keyver 1 ********"},
                    WrongLine{"opensc " + kSecretKey, "opensc ********"},
                    WrongLine{"opensc -kye " + kSecretKey, "opensc -kye ********"},
                    WrongLine{"opensc -security 3 -key " + kSecretKey, "opensc -security 3 -key ********"},
                    WrongLine{kSecretKey, "********"}, WrongLine{"\"" + kSecretKey, "********"},
                    WrongLine{kSecretKey + " -mac_key " + kSecretKey, "******** -mac_key ********"},
                    WrongLine{"-enc_key " + kSecretKey, "-enc_key ********"},
                    WrongLine{"-enc_key=" + kSecretKey, "********"}));

TEST(MisplacedSecrets, InCommentsAndBehindCommandsWithoutOptions) {
  for (const auto& line : {"open_sc -key " + kTestKey + " -securty 3 // was " + kSecretKey,
                           "mode_211 -key " + kSecretKey, "establish_context " + kSecretKey + " // x"}) {
    const auto script = bound(kSelected + line + "\n");
    EXPECT_THAT(told(script), Not(HasSubstr("00112233")));
    EXPECT_THAT(echoed(script, 4), HasSubstr("<hidden,kcv=FB0975>")) << line;
  }
}

TEST(MisplacedSecrets, EmptyAndShortOnesLeaveTheMessageAsItIs) {
  for (const std::string line : {"opensc -key \"\"", "opensc -key 4", "opensc -pass e"})
    EXPECT_THAT(told(line + "\n"), HasSubstr("unknown command opensc\n")) << line;
}

TEST(MisplacedSecrets, PassPhrases) {
  const auto line = kOpened + "put_dm_token_keys -file key.pem ";
  for (const std::string_view wrong :
       {"-pas opensesame", "pass opensesame", "-pass=opensesame", "-pass \"opensesame", "-pass op opensesame",
        "-pass op en opensesame -keyver 1"}) {
    EXPECT_THAT(told(line + std::string(wrong) + "\n"), Not(HasSubstr("opensesame"))) << wrong;
  }
}

TEST(MisplacedSecrets, InPlaceOfACommandTheUnknownOneIsMasked) {
  const auto script = bound(kSecretKey + " -mac_key " + kSecretKey + "\n", Strictness::lenient);
  EXPECT_THAT(told(script), HasSubstr("warning[gpsh.unknown-command]: unknown command ********\n"));
  EXPECT_EQ(script.lines.at(0).name, "********");
  EXPECT_EQ(script.lines.at(0).diagnostics.at(0).gpshell_line, "Unknown command ********");
}

TEST(MisplacedSecrets, PassPhrasesOnALineThatBeginsWithTheirOption) {
  for (const std::string_view line : {"-pass opensesame", "pass opensesame", "-pass=opensesame",
                                      "-pas opensesame", "-pass \"opensesame", "-pass op opensesame"}) {
    const auto script = bound(std::string(line) + "\n");
    EXPECT_THAT(told(script), Not(HasSubstr("opensesame"))) << line;
    EXPECT_THAT(echoed(script, 0), Not(HasSubstr("opensesame"))) << line;
    EXPECT_FALSE(interpreter::may_be_remembered(script.source, script.lines.at(0))) << line;
  }
}

TEST(MisplacedSecrets, AnOptionWithoutItsDashBehindAKeyStaysReadable) {
  EXPECT_THAT(told(kSelected + "open_sc -key " + kSecretKey + " security 3\n"),
              HasSubstr("\n  open_sc -key ******** security 3\n"));
}

TEST(MisplacedSecrets, ThoseOfTheEnvironmentStayNamed) {
  const auto script = interpreter::check(
      interpreter::Source("list.txt", kSelected + "open_sc ${CARD_KEY} -keyver ${CARD_KEY}\n"),
      [](const std::string&) { return std::optional(kSecretKey); }, Strictness::strict,
      interpreter::SecretDisplay::masked);
  const auto messages = told(script);
  EXPECT_THAT(messages, HasSubstr("unknown option ${CARD_KEY}\n"));
  EXPECT_THAT(messages, HasSubstr("-keyver: \"${CARD_KEY}\" is not a number"));
  EXPECT_THAT(messages, Not(HasSubstr("00112233")));
}

TEST(MisplacedSecrets, ThoseOfTheEnvironmentStayNamedInPlaceOfACommand) {
  const auto script = interpreter::check(
      interpreter::Source("list.txt", "${CARD_KEY}\n"),
      [](const std::string&) { return std::optional(kSecretKey); }, Strictness::strict,
      interpreter::SecretDisplay::masked);
  EXPECT_THAT(told(script), HasSubstr("unknown command ${CARD_KEY}\n"));
}

TEST(MisplacedSecrets, WhatIsNoneStaysReadable) {
  EXPECT_THAT(told(kSelected + "open_sc -securty 3\n"), HasSubstr("\n  open_sc -securty 3\n"));
  EXPECT_THAT(told(kSelected + "open_sc -key=" + kTestKey + "\n"),
              HasSubstr("open_sc -key=" + kTestKey + "\n"));
  EXPECT_THAT(told("slect -AID A000000151000000\n"), HasSubstr("\n  slect -AID A000000151000000\n"));
  EXPECT_THAT(told("select A000000151000000\n"), HasSubstr("unknown option A000000151000000\n"));
}

}  // namespace
}  // namespace gpsh::test
