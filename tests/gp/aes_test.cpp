// SPDX-License-Identifier: Apache-2.0
#include "gp/aes.h"

#include <gtest/gtest.h>

#include "tests/support/thrown_error.h"

namespace gpsh::gp {
namespace {

using test::thrown_error;

struct KnownAnswer {
  std::string_view key;
  std::string_view encrypted;   ///< the two blocks of kText
  std::string_view empty_cmac;  ///< of nothing
};

// NIST SP 800-38A, F.2.1, F.2.3, F.2.5; NIST SP 800-38B, D.1 to D.3.
constexpr auto kText = "6BC1BEE22E409F96E93D7E117393172AAE2D8A571E03AC9C9EB76FAC45AF8E51";
// NOLINTNEXTLINE(modernize-avoid-c-arrays): sized by its rows
constexpr KnownAnswer kAnswers[] = {
    {.key = "2B7E151628AED2A6ABF7158809CF4F3C",
     .encrypted = "7649ABAC8119B246CEE98E9B12E9197D5086CB9B507219EE95DB113A917678B2",
     .empty_cmac = "BB1D6929E95937287FA37D129B756746"},
    {.key = "8E73B0F7DA0E6452C810F32B809079E562F8EAD2522C6B7B",
     .encrypted = "4F021DB243BC633D7178183A9FA071E8B4D9ADA9AD7DEDF4E5E738763F69145A",
     .empty_cmac = "D17DDF46ADAACDE531CAC483DE7A9367"},
    {.key = "603DEB1015CA71BE2B73AEF0857D77811F352C073B6108D72D9810A30914DFF4",
     .encrypted = "F58C4C04D6E5F1BA779EABFB5F7BFBD69CFC4E967EDB808D679F777BC6702C7D",
     .empty_cmac = "028962F61B7BF89EFC6B551F4667D983"},
};
constexpr AesBlock kStart = {0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07,
                             0x08, 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x0E, 0x0F};

Secret key(std::string_view text) {
  return Secret::from_hex(text).value();
}

TEST(Aes, ChainedBlocks) {
  for (const auto& answer : kAnswers) {
    const Aes cipher(key(answer.key));
    EXPECT_EQ(cipher.cbc_encrypt(kStart, hex(kText)), hex(answer.encrypted));
    EXPECT_EQ(cipher.cbc_decrypt(kStart, hex(answer.encrypted)), hex(kText));
    auto data = hex(kText);
    cipher.cbc_encrypt_in_place(kStart, data);
    EXPECT_EQ(data, hex(answer.encrypted));
    EXPECT_TRUE(cipher.cbc_encrypt(kStart, {}).empty());
    EXPECT_TRUE(cipher.cbc_decrypt(kStart, {}).empty());
  }
}

TEST(Aes, OneBlockIsChainingFromZeros) {
  const Aes cipher(key(kAnswers[0].key));
  EXPECT_EQ(to_bytes(cipher.encrypt_block(kStart)), cipher.cbc_encrypt(AesBlock{}, kStart));
}

TEST(Aes, RefusesBrokenBlocksAndOtherKeyLengths) {
  const Aes cipher(key(kAnswers[0].key));
  EXPECT_EQ(thrown_error([&] { return cipher.cbc_encrypt(kStart, Bytes(15)); }).code, "bad-block");
  EXPECT_EQ(thrown_error([&] { return cipher.cbc_decrypt(kStart, Bytes(17)); }).kind, ErrorKind::internal);
  for (const std::size_t size : {0U, 8U, 15U, 20U, 33U}) {
    const auto error = thrown_error([&] { return Aes(Secret::from_bytes(Bytes(size))); });
    EXPECT_EQ(error.code, "key-length");
    EXPECT_EQ(error.kind, ErrorKind::usage);
  }
  EXPECT_EQ(thrown_error([] { return Cmac(Secret::from_bytes(Bytes(8))); }).code, "key-length");
}

TEST(Cmac, OfNothing) {
  for (const auto& answer : kAnswers) {
    Cmac mac(key(answer.key));
    EXPECT_EQ(to_bytes(mac.compute({})), hex(answer.empty_cmac));
  }
}

// RFC 4493, examples 2 and 3.
TEST(Cmac, PartsMakeOneMessage) {
  Cmac mac(key(kAnswers[0].key));
  const auto text = hex(std::string(kText) + "30C81C46A35CE411");
  const ByteView all = text;
  EXPECT_EQ(to_bytes(mac.compute({all.first(16)})), hex("070A16B46B4D4144F79BDD9DD04A287C"));
  EXPECT_EQ(to_bytes(mac.compute({all})), hex("DFA66747DE9AE63030CA32611497C827"));
  for (std::size_t cut = 0; cut <= all.size(); ++cut) {
    EXPECT_EQ(to_bytes(mac.compute({all.first(cut), all.subspan(cut)})),
              hex("DFA66747DE9AE63030CA32611497C827"));
  }
}

}  // namespace
}  // namespace gpsh::gp
