// SPDX-License-Identifier: Apache-2.0
#include "gp/crypto.h"

#include <gtest/gtest.h>

#include "tests/support/thrown_error.h"

namespace gpsh::gp {
namespace {

using test::thrown_error;

// FIPS 81 prints its examples for single DES; a two-key triple DES key of equal halves is single DES.
constexpr auto kFips81Key = "0123456789ABCDEF0123456789ABCDEF";
constexpr auto kFips81Text =
    "4E6F77206973207468652074696D6520666F7220616C6C20";  // "Now is the time for all "
constexpr auto kDefaultKey = "404142434445464748494A4B4C4D4E4F";

Secret key(std::string_view text) {
  return Secret::from_hex(text).value();
}

Bytes exclusive_or(Bytes a, ByteView b) {
  for (std::size_t at = 0; at < a.size(); ++at) a[at] ^= b[at];
  return a;
}

TEST(Crypto, ConstantTimeEqual) {
  EXPECT_TRUE(constant_time_equal(hex("0102"), hex("0102")));
  EXPECT_TRUE(constant_time_equal({}, {}));
  EXPECT_FALSE(constant_time_equal(hex("0102"), hex("0103")));
  EXPECT_FALSE(constant_time_equal(hex("0102"), hex("8102")));
  EXPECT_FALSE(constant_time_equal(hex("0102"), hex("010200")));
}

TEST(Crypto, Pad80) {
  EXPECT_EQ(pad80({}, 8), hex("8000000000000000"));
  EXPECT_EQ(pad80(hex("01020304050607"), 8), hex("0102030405060780"));
  EXPECT_EQ(pad80(hex("0102030405060708"), 8), hex("01020304050607088000000000000000"));
  EXPECT_EQ(pad80(hex("01"), 16), hex("01800000000000000000000000000000"));
}

TEST(Crypto, WithoutPad80) {
  EXPECT_EQ(to_bytes(without_pad80(hex("0102800000")).value()), hex("0102"));
  EXPECT_EQ(to_bytes(without_pad80(hex("80008000")).value()), hex("8000"));
  EXPECT_TRUE(without_pad80(hex("80")).value().empty());
  for (const auto* none : {"", "00", "0000", "8001", "FF"}) EXPECT_FALSE(without_pad80(hex(none))) << none;
}

TEST(Crypto, AppendPad80) {
  auto data = hex("0102");
  append_pad80(data, 8);
  EXPECT_EQ(data, hex("0102800000000000"));
  append_pad80(data, 8);
  EXPECT_EQ(data, hex("01028000000000008000000000000000"));
}

// FIPS 81, appendix B (ECB) and C (CBC).
TEST(TripleDes, Fips81Electronic) {
  const TripleDes cipher(key(kFips81Key));
  EXPECT_EQ(cipher.ecb_encrypt(hex(kFips81Text)), hex("3FA40E8A984D4815 6A271787AB8883F9 893D51EC4B563B53"));
  EXPECT_EQ(cipher.ecb_decrypt(hex("3FA40E8A984D4815 6A271787AB8883F9 893D51EC4B563B53")), hex(kFips81Text));
}

TEST(TripleDes, Fips81Chained) {
  const TripleDes cipher(key(kFips81Key));
  const auto start = hex("1234567890ABCDEF");
  const auto encrypted = hex("E5C7CDDE872BF27C 43E934008C389C0F 683788499A7C05F6");
  EXPECT_EQ(cipher.cbc_encrypt(start, hex(kFips81Text)), encrypted);
  EXPECT_EQ(cipher.cbc_decrypt(start, encrypted), hex(kFips81Text));
  EXPECT_TRUE(cipher.cbc_encrypt(start, {}).empty());
  EXPECT_TRUE(cipher.cbc_decrypt(start, {}).empty());
}

TEST(TripleDes, UsesBothHalvesOfTheKey) {
  const auto text = hex("4E6F772069732074");
  const auto both = TripleDes(key(kDefaultKey)).ecb_encrypt(text);
  EXPECT_NE(both, TripleDes(key("40414243444546474041424344454647")).ecb_encrypt(text));
  EXPECT_EQ(TripleDes(key(kDefaultKey)).ecb_decrypt(both), text);
}

TEST(TripleDes, MacIsTheLastBlock) {
  const TripleDes cipher(key(kDefaultKey));
  const auto encrypted = cipher.cbc_encrypt(Bytes(8), hex(kFips81Text));
  EXPECT_EQ(cipher.cbc_mac(hex(kFips81Text)), to_bytes(ByteView(encrypted).last(8)));
}

TEST(TripleDes, DerivesKeysInBothModes) {
  const TripleDes cipher(key(kDefaultKey));
  const auto data = hex("00112233445566770011223344556677");
  EXPECT_TRUE(cipher.derive_key(Chaining::ecb, data) == Secret::from_bytes(cipher.ecb_encrypt(data)));
  EXPECT_TRUE(cipher.derive_key(Chaining::cbc, data) ==
              Secret::from_bytes(cipher.cbc_encrypt(Bytes(8), data)));
  EXPECT_TRUE(cipher.derive_key(data) == cipher.derive_key(Chaining::cbc, data));
}

TEST(TripleDes, RefusesOtherKeyLengths) {
  for (const std::size_t size : {0U, 8U, 15U, 24U, 32U}) {
    const auto error = thrown_error([&] { return TripleDes(Secret::from_bytes(Bytes(size))); });
    EXPECT_EQ(error.code, "key-length");
    EXPECT_EQ(error.kind, ErrorKind::usage);
    EXPECT_EQ(error.message, "a key of " + std::to_string(size) + " bytes where 16 are needed");
  }
}

TEST(TripleDes, RefusesBrokenBlocks) {
  const TripleDes cipher(key(kDefaultKey));
  EXPECT_EQ(thrown_error([&] { return cipher.ecb_encrypt(Bytes(7)); }).kind, ErrorKind::internal);
  EXPECT_EQ(thrown_error([&] { return cipher.cbc_encrypt(Bytes(7), Bytes(8)); }).code, "bad-block");
  EXPECT_EQ(thrown_error([&] { return cipher.cbc_decrypt(Bytes(8), Bytes(9)); }).code, "bad-block");
  EXPECT_EQ(thrown_error([&] { return cipher.cbc_mac({}); }).code, "bad-block");
}

// FIPS 113, appendix: "7654321 Now is the time for ", filled with zeros.
TEST(RetailMac, Fips113WithEqualHalves) {
  RetailMac mac(key(kFips81Key));
  const auto text = hex("37363534333231204E6F77206973207468652074696D6520666F722000000000");
  EXPECT_EQ(mac.compute(Bytes(8), text), hex("F1D30F6849312CA4"));
  EXPECT_EQ(mac.compute(Bytes(8), text), hex("F1D30F6849312CA4")) << "nothing is left from the first";
}

TEST(RetailMac, IsSingleDesAndThenTripleDes) {
  RetailMac mac(key(kDefaultKey));
  const TripleDes triple(key(kDefaultKey));
  const auto start = hex("0011223344556677");
  const auto first = hex("8899AABBCCDDEEFF");
  const auto second = hex("0123456789ABCDEF");
  EXPECT_EQ(mac.compute(start, first), triple.ecb_encrypt(exclusive_or(first, start)));
  const auto chained = mac.encrypt_start(exclusive_or(first, start));
  EXPECT_EQ(mac.compute(start, concat({first, second})), triple.ecb_encrypt(exclusive_or(second, chained)));
}

TEST(RetailMac, RefusesWrongSizes) {
  EXPECT_EQ(thrown_error([] { return RetailMac(Secret::from_bytes(Bytes(8))); }).code, "key-length");
  RetailMac mac(key(kDefaultKey));
  EXPECT_EQ(thrown_error([&] { return mac.compute(Bytes(8), {}); }).code, "bad-block");
  EXPECT_EQ(thrown_error([&] { return mac.compute(Bytes(8), Bytes(9)); }).code, "bad-block");
  EXPECT_EQ(thrown_error([&] { return mac.compute({}, Bytes(8)); }).code, "bad-block");
  EXPECT_EQ(thrown_error([&] { return mac.encrypt_start(Bytes(16)); }).code, "bad-block");
}

// As GlobalPlatformPro prints them: recordings gp-01 and gp-04.
TEST(KeyCheckValue, OfTheDefaultKey) {
  EXPECT_EQ(to_hex(kcv_3des(key(kDefaultKey))), "8BAF47");
  EXPECT_EQ(to_hex(kcv_aes(key(kDefaultKey))), "504A77");
}

TEST(KeyCheckValue, KeyLengths) {
  for (const std::size_t size : {16U, 24U, 32U})
    EXPECT_EQ(kcv_aes(Secret::from_bytes(Bytes(size))).size(), 3U);
  EXPECT_EQ(thrown_error([] { return kcv_aes(Secret::from_bytes(Bytes(17))); }).code, "key-length");
  EXPECT_EQ(thrown_error([] { return kcv_3des(Secret()); }).code, "key-length");
}

}  // namespace
}  // namespace gpsh::gp
