// SPDX-License-Identifier: Apache-2.0
#include "interpreter/echo.h"

#include <gtest/gtest.h>

#include "interpreter/check.h"
#include "tests/interpreter/script_run.h"

namespace gpsh::interpreter {
namespace {

std::string echoed(const std::string& text, SecretDisplay display = SecretDisplay::masked,
                   KeyCipher cipher = KeyCipher::unknown) {
  const auto script = check(Source("s", text), test::no_environment, Strictness::lenient, display);
  return echo(script.source, script.lines.at(0), display, cipher).value_or("(nothing)");
}

TEST(Echo, IsTheLineAsItStands) {
  EXPECT_EQ(echoed(" select,-AID  A000000003 // \t comment\r\n"),
            " select,-AID  A000000003 // \t comment\r\n");
  EXPECT_EQ(echoed("exit"), "exit");
}

TEST(Echo, PrintIsNotEchoedUnlessBlanksStandBefore) {
  EXPECT_EQ(echoed("print foo\n"), "(nothing)");
  EXPECT_EQ(echoed("  print foo\n"), "  print foo\n");
}

TEST(Echo, PublicTestKeysAreShown) {
  const std::string line =
      "open_sc -key 404142434445464748494a4b4c4d4e4f -mac_key 47454D5850524553534F53414D504C45\n";
  EXPECT_EQ(echoed(line), line);
}

// Check values of 00112233445566778899AABBCCDDEEFF: 3DES over 8 x 00, AES over 16 x 01, computed with
// OpenSSL.
TEST(Echo, OtherKeysAreMaskedWithTheirCheckValues) {
  const std::string line = "open_sc -key 00112233445566778899AABBCCDDEEFF -keyver 1\n";
  EXPECT_EQ(echoed(line), "open_sc -key <hidden,kcv-3des=FB0975,kcv-aes=3544E0> -keyver 1\n");
  EXPECT_EQ(echoed(line, SecretDisplay::masked, KeyCipher::triple_des),
            "open_sc -key <hidden,kcv=FB0975> -keyver 1\n");
  EXPECT_EQ(echoed(line, SecretDisplay::masked, KeyCipher::aes),
            "open_sc -key <hidden,kcv=3544E0> -keyver 1\n");
  EXPECT_EQ(echoed(line, SecretDisplay::shown), line);
}

TEST(Echo, NewKeysAreOfTheCipherOfTheirType) {
  const std::string key = "-key 00112233445566778899AABBCCDDEEFF";
  const auto shown = [&](const std::string& line, KeyCipher channel) {
    const auto script =
        check(Source("s", line + "\n"), test::no_environment, Strictness::lenient, SecretDisplay::masked);
    const auto& first = script.lines.at(0);
    return echo(script.source, first, SecretDisplay::masked, cipher_of_keys(first, channel)).value_or("");
  };
  EXPECT_EQ(shown("put_dm_receipt_keys " + key, KeyCipher::triple_des),
            "put_dm_receipt_keys -key <hidden,kcv=3544E0>\n");
  EXPECT_EQ(shown("put_dm_receipt_keys -keyType 80 " + key, KeyCipher::aes),
            "put_dm_receipt_keys -keyType 80 -key <hidden,kcv=FB0975>\n");
  EXPECT_EQ(shown("put_sc_key -keyType 88 " + key, KeyCipher::triple_des),
            "put_sc_key -keyType 88 -key <hidden,kcv=3544E0>\n");
  EXPECT_EQ(shown("put_sc_key " + key, KeyCipher::triple_des), "put_sc_key -key <hidden,kcv=FB0975>\n");
}

TEST(Echo, KeyOfAnotherLengthIsForAes) {
  EXPECT_TRUE(echoed("open_sc -key 00112233445566778899AABBCCDDEEFF0011223344556677\n")
                  .starts_with("open_sc -key <hidden,kcv="));
}

TEST(Echo, PassPhrasesAreMaskedWithoutCheckValue) {
  EXPECT_EQ(echoed("put_dm_token_keys -file a.pem -pass geheim\n"),
            "put_dm_token_keys -file a.pem -pass <hidden>\n");
}

TEST(Echo, KeysOfMistypedLinesAreMaskedToo) {
  EXPECT_EQ(echoed("opensc -pass 12 -key 4041\n"), "opensc -pass <hidden> -key <hidden>\n");
}

}  // namespace
}  // namespace gpsh::interpreter
