// SPDX-License-Identifier: Apache-2.0
#include "gp/token_key.h"

#include "tests/gp/key_channel.h"
#include "tests/support/test_data.h"
#include "tests/support/thrown_error.h"

namespace gpsh::gp {
namespace {

using test::thrown_error;

std::string pem_of(const std::string& name) {
  return test::read_file(test::source_file("tests/data/pem/" + name + ".pem"));
}

std::string field(const std::string& name, PublicKeyKind kind,
                  const std::optional<std::string>& pass_phrase = std::nullopt) {
  const auto text = pem_of(name);
  return to_hex(public_key_field({.text = text, .pass_phrase = pass_phrase}, kind).bytes);
}

ErrorFacts error_of(const std::string& name, PublicKeyKind kind,
                    const std::optional<std::string>& pass_phrase = std::nullopt) {
  return thrown_error([&] { return field(name, kind, pass_phrase); });
}

// Numbers of the keys as OpenSSL 3.0 prints them.
constexpr std::string_view kModulus =
    "A27EC0D4F4CE7F1EF5B2570B0DA9F9FB5932700E7B7583EAB36E85AFFB8A251AFA822ABA0C06185EC39FB683E74A33E309D83142"
    "CA3851D01CB70DDA1744B9ACDBF2D9FE0ED805C2D57C22488DF96CE209BA4291AE176B118DC32D25085846A5B87284C092CAC51E"
    "BA45B07E6E465C88695EE7D695E8E14CEFB9F8C671FF6537";
constexpr std::string_view kPoint =
    "0487045E810356202C04F7E6C7ACC8797AF62EEA715DC5CF8D8B8BCBE33A8DFCB6AE2604586BF5BD0A4E4A7848783A366D2F2547"
    "D4BAD38BB5B1D4907D7D162971";
constexpr std::string_view kP256Parameters =
    "B220FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF"
    "B320FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFC"
    "B4205AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B"
    "B541046B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C2964FE342E2FE1A7F9B8EE7EB4A7C0F9E162B"
    "CE33576B315ECECBB6406837BF51F5"
    "B620FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551";

std::string rsa_field() {
  return "A18180" + std::string(kModulus) + "A00301000100";
}

TEST(PublicKeyField, RsaFromEveryKindOfFile) {
  for (const auto* name : {"rsa-public", "rsa-pkcs1"}) {
    EXPECT_EQ(field(name, PublicKeyKind::rsa), rsa_field()) << name;
  }
  for (const auto* name : {"rsa-encrypted", "rsa-old-encryption", "rsa-old-triple-des"}) {
    EXPECT_EQ(field(name, PublicKeyKind::rsa, "opensesame"), rsa_field()) << name;
  }
}

TEST(PublicKeyField, ExponentThreeIsOneByte) {
  const auto text = field("rsa-exponent-3", PublicKeyKind::rsa);
  EXPECT_EQ(text.substr(0, 22), "A1818097044BD967877019");
  EXPECT_EQ(text.substr(text.size() - 8), "A0010300");
}

TEST(PublicKeyField, CurveKeyComesWithItsParameters) {
  const auto expected = "B041" + std::string(kPoint) + std::string(kP256Parameters) + "00";
  EXPECT_EQ(field("p256-public", PublicKeyKind::elliptic_curve), expected);
  EXPECT_EQ(field("p256-sec1", PublicKeyKind::elliptic_curve), expected);
}

TEST(PublicKeyField, ParametersArePaddedToTheFieldsLength) {
  const auto text = field("p521-public", PublicKeyKind::elliptic_curve);
  EXPECT_TRUE(text.starts_with("B0818504016984095C807A9D6")) << text;
  EXPECT_NE(text.find("B4420051953EB9618E1C9A1F"), std::string::npos) << text;
  EXPECT_NE(text.find("B5818504"
                      "00C6858E06B70404"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("B64201FFFFFFFF"), std::string::npos) << text;
  EXPECT_TRUE(text.ends_with("FFFA51868783BF2F966B7FCC0148F709A5D03BB5C9B8899C47AEBB6FB71E9138640900"))
      << text;
}

TEST(PublicKeyField, BrainpoolAndSm2) {
  EXPECT_TRUE(field("brainpool256-public", PublicKeyKind::elliptic_curve).starts_with("B04104"));
  EXPECT_TRUE(
      field("sm2-public", PublicKeyKind::elliptic_curve)
          .starts_with("B74104DAA3D26B7699D33E3B3508411966C07785B6C42DA9E72570918DAC77D24A3B795C2273C1EA"));
}

TEST(PublicKeyField, WhatCannotBeSent) {
  EXPECT_EQ(error_of("rsa-exponent-17", PublicKeyKind::rsa).message,
            "the RSA key has a public exponent other than 3 and 65537");
  EXPECT_EQ(error_of("rsa-exponent-17", PublicKeyKind::rsa).code, "key-exponent");
  const auto curve = error_of("secp256k1-public", PublicKeyKind::elliptic_curve);
  EXPECT_EQ(curve.code, "key-curve");
  EXPECT_EQ(curve.message, "the key is on a curve that tokens cannot use (1.3.132.0.10)");
}

TEST(PublicKeyField, KeyOfAnotherKind) {
  const auto ec = error_of("p256-public", PublicKeyKind::rsa);
  EXPECT_EQ(ec.code, "pem");
  EXPECT_EQ(ec.kind, ErrorKind::file);
  EXPECT_EQ(ec.message, "the PEM file holds a key of the kind ECDSA where an RSA key is needed");
  EXPECT_EQ(error_of("rsa-public", PublicKeyKind::elliptic_curve).message,
            "the PEM file holds a key of the kind RSA where an elliptic curve key is needed");
  EXPECT_EQ(error_of("ed25519-public", PublicKeyKind::elliptic_curve).code, "pem");
}

TEST(PublicKeyField, PassPhrases) {
  const auto none = error_of("rsa-encrypted", PublicKeyKind::rsa);
  EXPECT_EQ(none.message, "the private key in the PEM file is encrypted");
  EXPECT_EQ(none.advice, "give its pass phrase with -pass");
  const auto wrong = error_of("rsa-encrypted", PublicKeyKind::rsa, "opensesamE");
  EXPECT_EQ(wrong.code, "pem");
  EXPECT_EQ(wrong.message, "the private key in the PEM file cannot be decrypted");
  EXPECT_EQ(wrong.advice, "check -pass; a damaged file looks the same");
  EXPECT_EQ(error_of("rsa-old-encryption", PublicKeyKind::rsa).advice, "give its pass phrase with -pass");
  for (const auto* pass_phrase : {"opensesamE", "", "x"}) {
    EXPECT_EQ(error_of("rsa-old-encryption", PublicKeyKind::rsa, pass_phrase).code, "pem") << pass_phrase;
  }
}

TEST(PublicKeyField, UnreadableFiles) {
  const auto error = [](std::string_view text) {
    return thrown_error([text] { return public_key_field({.text = text}, PublicKeyKind::rsa); });
  };
  EXPECT_EQ(error("").message, "the file is not a PEM file with a key");
  EXPECT_EQ(error("-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n").message,
            "the PEM file holds CERTIFICATE, which is no key that gpsh reads");
  const auto whole = pem_of("rsa-public");
  for (std::size_t size = 0; size < whole.size() - 20; size += 7) {
    EXPECT_EQ(error(whole.substr(0, size)).code, "pem") << size;
  }
  auto damaged = whole;
  damaged.at(40) = damaged.at(40) == 'A' ? 'B' : 'A';
  EXPECT_EQ(error(damaged).code, "pem");
}

class TokenKeyTest : public KeyChannelTest {};

TEST_F(TokenKeyTest, RsaKeyInOneCommand) {
  open({.protocol = 2});
  card.expect("80D800018A 70" + rsa_field() + "00", "70 9000");
  const auto text = pem_of("rsa-public");
  put_token_key(session, {.pem = {.text = text}, .new_version = 0x70});
}

TEST_F(TokenKeyTest, LongKeyInTwoCommands) {
  open({.protocol = 2});
  const auto text = pem_of("rsa2048-public");
  const auto data = "70" + to_hex(public_key_field({.text = text}, PublicKeyKind::rsa).bytes);
  ASSERT_EQ(data.size() / 2, 267U);
  card.expect("80D88001FF" + data.substr(0, 510), "9000")
      .expect("80D800010C" + data.substr(510) + "00", "70 9000");
  put_token_key(session, {.pem = {.text = text}, .new_version = 0x70});
}

TEST_F(TokenKeyTest, TokenAndReceiptKeyTogether) {
  open({.protocol = 2});
  const auto text = pem_of("rsa-public");
  const auto receipt_key = key_of("505152535455565758595A5B5C5D5E5F");
  const auto command = "80D80081A0 70" + rsa_field() + "801013F567387299BA1FA179EAAF18C8CDE403A4B7D600";
  const DelegatedManagementKeys keys{.pem = {.text = text}, .receipt_key = receipt_key, .new_version = 0x70};
  card.expect(command, "70 A4B7D6 9000");
  put_delegated_management_keys(session, keys);
  card.expect(command, "70 A4B7D5 9000");
  EXPECT_EQ(thrown_error([&] {
              put_delegated_management_keys(session, keys);
              return 0;
            }).code,
            "key-check-value");
}

TEST_F(TokenKeyTest, UnreadableFileSendsNothing) {
  open({.protocol = 2});
  EXPECT_EQ(thrown_error([&] {
              put_token_key(session, {.pem = {.text = "x"}, .new_version = 0x70});
              return 0;
            }).code,
            "pem");
  EXPECT_TRUE(observer.lines.empty());
}

}  // namespace
}  // namespace gpsh::gp
