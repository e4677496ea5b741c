// SPDX-License-Identifier: Apache-2.0
#include "gp/diversification.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gp/crypto.h"
#include "tests/support/thrown_error.h"
#include "tests/support/vector_file.h"

namespace gpsh::gp {
namespace {

using test::thrown_error;
using test::VectorBlock;

constexpr auto kMaster = "404142434445464748494A4B4C4D4E4F";
constexpr std::uint8_t kScp02 = 2;
constexpr std::uint8_t kScp03 = 3;

Secret key(std::string_view text) {
  return Secret::from_hex(text).value();
}

const Bytes kData = hex("00010203040506070809");

class DiversificationVectors : public testing::TestWithParam<VectorBlock> {
 protected:
  const VectorBlock& block() const { return GetParam(); }
  std::uint8_t protocol() const { return block().bytes("protocol").at(0); }
  KeySet derived() const {
    return diversify(Diversification::parse(block().text("derivation")), key(block().text("master")),
                     block().bytes("data"), protocol());
  }
  void expect_kcv(const char* name, const Secret& of) const {
    if (!block().has(name)) return;
    EXPECT_EQ(to_hex(protocol() == kScp03 ? kcv_aes(of) : kcv_3des(of)), block().text(name)) << name;
  }
  void expect_key(const char* name, const Secret& of) const {
    if (!block().has(name)) return;
    EXPECT_TRUE(of == key(block().text(name))) << name;
  }
};

TEST_P(DiversificationVectors, GiveTheKeys) {
  const auto keys = derived();
  expect_kcv("kcv_enc", keys.enc);
  expect_kcv("kcv_mac", keys.mac);
  expect_kcv("kcv_dek", keys.dek);
  expect_key("enc", keys.enc);
  expect_key("mac", keys.mac);
}

INSTANTIATE_TEST_SUITE_P(File, DiversificationVectors,
                         testing::ValuesIn(test::read_vectors("tests/data/diversification.vec")),
                         [](const auto& block) { return "Block" + std::to_string(block.index); });

TEST(Diversification, TellsWhatAKeyIsMadeOf) {
  const auto visa2 = Diversification::parse("visa2");
  EXPECT_EQ(visa2.template_of(2).text(), "$0 $1 $4 $5 $6 $7 F0 $k $0 $1 $4 $5 $6 $7 0F $k");
  const auto plain = visa2.template_of(2).input(kData, 2, 16);
  EXPECT_EQ(to_hex(plain.before), "000104050607F0020001040506070F02");
  EXPECT_TRUE(plain.after.empty());
  const auto counted = Diversification::parse("ab$_ $l$l $k $9");
  EXPECT_EQ(counted.template_of(3).text(), "AB $_ $l$l $k $9");
  const auto input = counted.template_of(3).input(kData, 3, 32);
  EXPECT_EQ(to_hex(input.before), "AB");
  EXPECT_EQ(to_hex(input.after), "01000309");
  EXPECT_EQ(thrown_error([&] { return visa2.template_of(1).input(hex("0001"), 1, 16); }).code, "short-data");
}

TEST(Diversification, DefaultIsNone) {
  EXPECT_TRUE(Diversification().none());
  EXPECT_EQ(Diversification().name(), "none");
  EXPECT_EQ(Diversification::parse("None"), Diversification());
}

TEST(Diversification, HasNameAndTitle) {
  EXPECT_EQ(Diversification::parse("emv").name(), "emvcps11");
  EXPECT_EQ(Diversification::parse("emvcps11").title(), "EMV CPS 1.1");
  const auto own = Diversification::parse("$4 $5 $6 $7 $8 $9 F0 $k $4 $5 $6 $7 $8 $9 0F $k");
  EXPECT_EQ(own.name(), "$4 $5 $6 $7 $8 $9 F0 $k $4 $5 $6 $7 $8 $9 0F $k");
  EXPECT_EQ(own.title(), "template");
  EXPECT_EQ(own, Diversification::parse("emvcps11")) << "the same keys, so the same method";
}

TEST(Diversification, KnownOnesAreAllDifferent) {
  const auto known = known_diversifications();
  EXPECT_EQ(known.size(), 6U);
  for (std::size_t a = 0; a < known.size(); ++a) {
    EXPECT_THAT(diversification_names(), testing::HasSubstr(known[a].name()));
    EXPECT_EQ(Diversification::parse(known[a].name()), known[a]);
    for (std::size_t b = a + 1; b < known.size(); ++b) EXPECT_FALSE(known[a] == known[b]) << a << " " << b;
  }
}

TEST(Diversification, ThreeMastersStayApart) {
  const KeySet masters{.enc = key(kMaster), .mac = key("101112131415161718191A1B1C1D1E1F"), .dek = Secret()};
  const auto method = Diversification::parse("visa2");
  const auto keys = diversify(method, masters, kData, kScp02);
  EXPECT_TRUE(keys.enc == diversify(method, masters.enc, kData, kScp02).enc);
  EXPECT_TRUE(keys.mac == diversify(method, masters.mac, kData, kScp02).mac);
  EXPECT_TRUE(keys.dek.empty());
}

TEST(Diversification, TripleDesMethodsWorkForScp03Too) {
  const auto method = Diversification::parse("visa2");
  EXPECT_TRUE(diversify(method, key(kMaster), kData, kScp03).mac ==
              diversify(method, key(kMaster), kData, kScp02).mac);
}

TEST(Diversification, UnknownNameIsRefused) {
  const auto error = thrown_error([] { return Diversification::parse("visa3"); });
  EXPECT_EQ(error.code, "key-derivation");
  EXPECT_EQ(error.kind, ErrorKind::usage);
  EXPECT_EQ(error.message, "there is no key derivation \"visa3\"");
  EXPECT_EQ(error.advice, "use none, visa2, emvcps11, kdf3, visa, visa1, or a template with $0 to $9 and $k");
}

TEST(Diversification, CounterModeIsForScp03) {
  const auto error =
      thrown_error([] { return diversify(Diversification::parse("kdf3"), key(kMaster), kData, kScp02); });
  EXPECT_EQ(error.code, "derivation-protocol");
  EXPECT_EQ(error.message, "the key derivation kdf3 makes keys for SCP03, and this is SCP02");
}

TEST(Diversification, MasterOfWrongLength) {
  const auto des = thrown_error(
      [] { return diversify(Diversification::parse("visa2"), key("4041424344454647"), kData, kScp02); });
  EXPECT_EQ(des.code, "key-length");
  EXPECT_EQ(des.message, "a master key of 8 bytes where 16 are needed");
  const auto aes = thrown_error(
      [] { return diversify(Diversification::parse("kdf3"), key("4041424344454647"), kData, kScp03); });
  EXPECT_EQ(aes.message, "a master key of 8 bytes where 16, 24 or 32 are needed");
}

TEST(Diversification, DataTooShort) {
  const auto error = thrown_error(
      [] { return diversify(Diversification::parse("visa2"), key(kMaster), hex("0001020304"), kScp02); });
  EXPECT_EQ(error.kind, ErrorKind::card);
}

struct BadTemplate {
  const char* text;
  const char* message;
};

class BadTemplates : public testing::TestWithParam<BadTemplate> {};

TEST_P(BadTemplates, AreRefusedInWords) {
  const auto error = thrown_error([] { return DerivationTemplate::parse(GetParam().text); });
  EXPECT_EQ(error.code, "key-derivation");
  EXPECT_EQ(error.message, std::string("the key derivation template ") + GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    All, BadTemplates,
    testing::Values(
        BadTemplate{"$0", "gives 1 bytes; a triple DES key needs 16"},
        BadTemplate{"", "gives 0 bytes; a triple DES key needs 16"},
        BadTemplate{"$a", "has a $ that begins none of $0 to $9, $k, $_ and $l$l (at character 2)"},
        BadTemplate{"00 $", "has a $ that begins none of $0 to $9, $k, $_ and $l$l (at character 4)"},
        BadTemplate{"$k F", "has something that is no byte (at character 4)"},
        BadTemplate{"$k F $1", "has something that is no byte (at character 4)"},
        BadTemplate{"$k 0x", "has something that is no byte (at character 5)"},
        BadTemplate{"$k $l $k", "has $l alone; the length is $l$l (at character 8)"},
        BadTemplate{"$_ $k $_", "has more than one counter $_"},
        BadTemplate{"$l$l $k", "has $l$l, which belongs to a counter $_"}),
    [](const auto& given) { return "Text" + std::to_string(given.index); });

TEST(DerivationTemplate, EndlessTextIsRefused) {
  std::string text;
  for (int at = 0; at < 300; ++at) text += "00";
  EXPECT_EQ(thrown_error([&] { return DerivationTemplate::parse(text); }).message,
            "the key derivation template is too long");
}

}  // namespace
}  // namespace gpsh::gp
