// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/crypto.h"

#include <gtest/gtest.h>

#include "core/error.h"

namespace gpsh::virtualcard {
namespace {

const Key kTestKey = make_key(hex("404142434445464748494A4B4C4D4E4F"));

TEST(CardCrypto, PaddingIsAlwaysAdded) {
  EXPECT_EQ(to_hex(pad_des({})), "8000000000000000");
  EXPECT_EQ(to_hex(pad_des(hex("01020304050607"))), "0102030405060780");
  EXPECT_EQ(to_hex(pad_des(hex("0102030405060708"))), "01020304050607088000000000000000");
}

TEST(CardCrypto, PaddingComesOffAsItWentOn) {
  for (std::size_t size = 0; size < 20; ++size) {
    const Bytes data(size, 0x80);
    EXPECT_EQ(unpad_des(pad_des(data)), data);
  }
}

TEST(CardCrypto, WrongPaddingIsSeen) {
  EXPECT_EQ(unpad_des({}), std::nullopt);
  EXPECT_EQ(unpad_des(hex("0000000000000000")), std::nullopt);
  EXPECT_EQ(unpad_des(hex("0102030405060708")), std::nullopt);
  EXPECT_EQ(unpad_des(hex("80")), std::nullopt);
  EXPECT_EQ(unpad_des(hex("80000000000000000000000000000000")), std::nullopt);
}

// The key check value 8BAF47 of the public test key: the log of recordings gp-02 and gp-03 prints it.
TEST(CardCrypto, EncryptsTheKeyCheckValue) {
  const auto encrypted = triple_des_encrypt(kTestKey, Bytes(8, 0x00));
  EXPECT_EQ(to_hex(ByteView(encrypted).first(3)), "8BAF47");
}

// Session key and derivation data as recording seed-04 prints them.
TEST(CardCrypto, ChainsBlocks) {
  const auto derived = triple_des_encrypt(kTestKey, hex("01820002000000000000000000000000"));
  EXPECT_EQ(to_hex(derived), "ADC1163BA2A147FBB84BF44C8676FB7D");
}

TEST(CardCrypto, DecryptsWhatItEncrypted) {
  const auto plain = hex("000102030405060708090A0B0C0D0E0F1011121314151617");
  EXPECT_EQ(triple_des_decrypt(kTestKey, triple_des_encrypt(kTestKey, plain)), plain);
  EXPECT_EQ(triple_des_decrypt(kTestKey, {}), Bytes{});
}

// Host cryptogram of recording seed-04, from its printed S-ENC and input.
TEST(CardCrypto, FullTripleDesMac) {
  const auto key = make_key(hex("ADC1163BA2A147FBB84BF44C8676FB7D"));
  EXPECT_EQ(to_hex(full_triple_des_mac(key, hex("0002598DD3961BFD266C8E3C10693905"))), "5F64BB103F4F8719");
}

// C-MAC of EXTERNAL AUTHENTICATE in recording seed-04, from its printed C-MAC key.
TEST(CardCrypto, SingleDesPlusFinalTripleDesMac) {
  const auto key = make_key(hex("3E06B1C8FCFD788A573B9A9889D0CA50"));
  EXPECT_EQ(to_hex(single_des_mac(key, Bytes(8, 0x00), hex("84820300105F64BB103F4F8719"))),
            "21489BA9BF0BF834");
}

TEST(CardCrypto, RefusesPartOfABlock) {
  EXPECT_THROW(static_cast<void>(triple_des_encrypt(kTestKey, hex("01"))), Error);
  EXPECT_THROW(static_cast<void>(triple_des_decrypt(kTestKey, hex("010203040506070809"))), Error);
}

TEST(CardCrypto, ComparesWholeStrings) {
  EXPECT_TRUE(equal_in_constant_time(hex("0102"), hex("0102")));
  EXPECT_TRUE(equal_in_constant_time({}, {}));
  EXPECT_FALSE(equal_in_constant_time(hex("0102"), hex("0103")));
  EXPECT_FALSE(equal_in_constant_time(hex("0102"), hex("8102")));
  EXPECT_FALSE(equal_in_constant_time(hex("0102"), hex("010200")));
}

}  // namespace
}  // namespace gpsh::virtualcard
