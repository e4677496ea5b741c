// SPDX-License-Identifier: Apache-2.0
#include "gp/pem_work.h"

#include <botan/pem.h>
#include <gtest/gtest.h>

#include "core/tlv.h"
#include "gp/token_key.h"
#include "tests/support/thrown_error.h"

namespace gpsh::gp {
namespace {

using test::thrown_error;

constexpr std::string_view kPbkdf2 = "2A864886F70D01050C";  // RFC 8018, appendix A.2
constexpr std::string_view kScrypt = "2B06010401DA47040B";  // RFC 7914, section 7

/// An EncryptedPrivateKeyInfo of PBES2 whose derivation has these numbers, in hex, behind its salt.
Bytes encrypted_key(std::string_view derivation, const std::vector<std::string>& numbers) {
  auto parameters = make_tlv(0x04, Bytes(8, 0x5A));
  for (const auto& number : numbers) append_tlv(parameters, 0x02, hex(number));
  const auto algorithm = [](std::string_view oid, ByteView content) {
    return make_tlv(0x30, concat({make_tlv(0x06, hex(oid)), content}));
  };
  const auto cipher = algorithm("60864801650304012A", make_tlv(0x04, Bytes(16, 0x5A)));
  const auto pbes2 = make_tlv(0x30, concat({algorithm(derivation, make_tlv(0x30, parameters)), cipher}));
  return make_tlv(0x30, concat({algorithm("2A864886F70D01050D", pbes2), make_tlv(0x04, Bytes(32, 0x5A))}));
}

std::string refusal(const Bytes& key) {
  return thrown_error([&] { return refuse_endless_work(key), 0; }).message;
}

TEST(PemWork, ManyRounds) {
  EXPECT_NO_THROW(refuse_endless_work(encrypted_key(kPbkdf2, {"0800"})));
  EXPECT_NO_THROW(refuse_endless_work(encrypted_key(kPbkdf2, {"00989680", "20"})));
  EXPECT_EQ(refusal(encrypted_key(kPbkdf2, {"00989681"})),
            "the private key in the PEM file is encrypted with 10000001 rounds, 10000000 are the most");
  EXPECT_EQ(refusal(encrypted_key(kPbkdf2, {"010000000000000000"})),
            "the private key in the PEM file is encrypted with too many rounds, 10000000 are the most");
}

TEST(PemWork, MuchMemory) {
  EXPECT_NO_THROW(refuse_endless_work(encrypted_key(kScrypt, {"4000", "08", "01", "20"})));
  EXPECT_NO_THROW(refuse_endless_work(encrypted_key(kScrypt, {"020000", "08", "01"})));
  EXPECT_EQ(
      refusal(encrypted_key(kScrypt, {"020000", "08", "02"})),
      "the private key in the PEM file is encrypted with 2097152 blocks of scrypt, 1048576 are the most");
  EXPECT_EQ(
      refusal(encrypted_key(kScrypt, {"7FFFFFFFFFFFFFFF", "7F", "7F"})),
      "the private key in the PEM file is encrypted with too many blocks of scrypt, 1048576 are the most");
}

TEST(PemWork, WhatIsNoSuchKeyPasses) {
  EXPECT_NO_THROW(refuse_endless_work({}));
  EXPECT_NO_THROW(refuse_endless_work(hex("3000")));
  EXPECT_NO_THROW(refuse_endless_work(encrypted_key(kPbkdf2, {})));
}

TEST(PemWork, AFileThatWouldTakeDays) {
  const auto text = Botan::PEM_Code::encode(encrypted_key(kPbkdf2, {"7FFFFFFF"}), "ENCRYPTED PRIVATE KEY");
  const auto error =
      thrown_error([&] { return public_key_field({.text = text, .pass_phrase = "x"}, PublicKeyKind::rsa); });
  EXPECT_EQ(error.code, "pem");
  EXPECT_EQ(error.message,
            "the private key in the PEM file is encrypted with 2147483647 rounds, 10000000 are the most");
  EXPECT_EQ(error.advice, "encrypt it again with fewer: openssl pkcs8 -topk8 -iter 100000");
}

TEST(PemWork, AFileThatIsTooLong) {
  const auto error_of = [](std::size_t bytes) {
    const auto text = Botan::PEM_Code::encode(Bytes(bytes, 0x30), "RSA PRIVATE KEY");
    return thrown_error([&] { return public_key_field({.text = text}, PublicKeyKind::rsa); });
  };
  const auto error = error_of(12200);
  EXPECT_EQ(error.code, "pem");
  EXPECT_EQ(error.message, "the RSA PRIVATE KEY in the PEM file has more than 16384 bytes");
  EXPECT_EQ(error.advice, "a key of 4096 bits has about 3300");
  EXPECT_NE(error_of(12000).message, error.message);
}

}  // namespace
}  // namespace gpsh::gp
