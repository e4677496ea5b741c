// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/aes_crypto.h"

#include <gtest/gtest.h>

#include "core/error.h"

namespace gpsh::virtualcard {
namespace {

// The example keys of NIST SP 800-38A and SP 800-38B.
const Key kKey128 = make_key(hex("2B7E151628AED2A6ABF7158809CF4F3C"));
const Key kKey192 = make_key(hex("8E73B0F7DA0E6452C810F32B809079E562F8EAD2522C6B7B"));
const Key kKey256 = make_key(hex("603DEB1015CA71BE2B73AEF0857D77811F352C073B6108D72D9810A30914DFF4"));
const Bytes kPlain = hex("6BC1BEE22E409F96E93D7E117393172AAE2D8A571E03AC9C9EB76FAC45AF8E51");

// SP 800-38A, F.2.1.
TEST(AesCrypto, ChainsBlocks) {
  const auto icv = hex("000102030405060708090A0B0C0D0E0F");
  const auto encrypted = aes_encrypt(kKey128, icv, kPlain);
  EXPECT_EQ(to_hex(encrypted), "7649ABAC8119B246CEE98E9B12E9197D5086CB9B507219EE95DB113A917678B2");
  EXPECT_EQ(aes_decrypt(kKey128, icv, encrypted), kPlain);
}

// SP 800-38A, F.1.5.
TEST(AesCrypto, OneBlockAlone) {
  EXPECT_EQ(to_hex(aes_encrypt_block(kKey256, ByteView(kPlain).first(16))),
            "F3EED1BDB5D2A03C064B5A7E3DB181F8");
}

// SP 800-38B, appendix D.
TEST(AesCrypto, CmacOfEveryKeyLength) {
  EXPECT_EQ(to_hex(aes_cmac(kKey128, {})), "BB1D6929E95937287FA37D129B756746");
  EXPECT_EQ(to_hex(aes_cmac(kKey128, ByteView(kPlain).first(16))), "070A16B46B4D4144F79BDD9DD04A287C");
  EXPECT_EQ(to_hex(aes_cmac(kKey192, {})), "D17DDF46ADAACDE531CAC483DE7A9367");
  EXPECT_EQ(to_hex(aes_cmac(kKey256, {})), "028962F61B7BF89EFC6B551F4667D983");
}

TEST(AesCrypto, DerivesAsManyBytesAsAsked) {
  for (const std::size_t bytes : {8U, 16U, 24U, 32U}) {
    EXPECT_EQ(aes_derive(kKey128, 0x04, bytes, kPlain).size(), bytes);
  }
  // The length is part of the input, so a shorter key is not the start of a longer one (AmdD 4.1.5).
  const auto long_key = aes_derive(kKey128, 0x04, 32, kPlain);
  const auto short_key = aes_derive(kKey128, 0x04, 16, kPlain);
  EXPECT_FALSE(equal(ByteView(long_key).first(16), short_key));
}

TEST(AesCrypto, RefusesPartOfABlock) {
  EXPECT_THROW(static_cast<void>(aes_encrypt(kKey128, Bytes(16), Bytes(15))), Error);
  EXPECT_THROW(static_cast<void>(aes_decrypt(kKey128, Bytes(8), Bytes(16))), Error);
}

}  // namespace
}  // namespace gpsh::virtualcard
