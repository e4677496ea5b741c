// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/put_key.h"

#include <gtest/gtest.h>

#include "tests/virtualcard/key_host.h"

namespace gpsh::virtualcard {
namespace {

using test::KeyHost;

constexpr std::string_view kOne = "101112131415161718191A1B1C1D1E1F";
constexpr std::string_view kTwo = "202122232425262728292A2B2C2D2E2F";
constexpr std::string_view kThree = "303132333435363738393A3B3C3D3E3F";

std::string kcv(std::uint8_t type, std::string_view key) {
  return to_hex(key_check_value(type, make_key(hex(key))));
}

std::string three(const KeyHost& host, std::uint8_t type, std::string_view version) {
  return std::string(version) + host.field(type, kOne) + host.field(type, kTwo) + host.field(type, kThree);
}

std::string three_check_values(std::uint8_t type, std::string_view version) {
  return std::string(version) + kcv(type, kOne) + kcv(type, kTwo) + kcv(type, kThree);
}

Profile with_profile(std::string_view name, std::string_view change) {
  return parse_profile(
      R"({"kind": "profile", "extends": ")" + std::string(name) + R"(", )" + std::string(change) + "}",
      "test");
}

// GPCS 2.3.1 B.6; DES: the known value of the public test key, AES: of AES-128 over 16 bytes 01.
TEST(KeyCheckValue, IsTheStartOfOneEncryptedBlock) {
  EXPECT_EQ(kcv(kDesKey, "404142434445464748494A4B4C4D4E4F"), "8BAF47");
  EXPECT_EQ(kcv(kAesKey, "404142434445464748494A4B4C4D4E4F"), "504A77");
}

struct Family {
  const char* profile;
  std::uint8_t type;
};

class PutKeyOfEveryProtocol : public testing::TestWithParam<Family> {};

TEST_P(PutKeyOfEveryProtocol, AddsAKeySetThatOpensSessions) {
  KeyHost host(GetParam().profile);
  const auto type = GetParam().type;
  for (const auto level : hex("0103")) {
    const std::string version = level == 0x01 ? "30" : "31";
    host.begin(level);
    EXPECT_EQ(host.put_key("0081", three(host, type, version)), three_check_values(type, version) + "9000");
  }
  const auto& sets = host.state().issuer_security_domain.domain.key_sets;
  ASSERT_EQ(sets.size(), 3U);
  EXPECT_EQ(sets[0].version, 0x01) << "the default stays";
  EXPECT_EQ(sets[1].version, 0x30);
  EXPECT_EQ(to_hex(sets[1].enc), kOne);
  EXPECT_EQ(to_hex(sets[1].mac), kTwo);
  EXPECT_EQ(to_hex(sets[2].dek), kThree);
  EXPECT_EQ(sets[2].sequence_counter, 0U);
}

TEST_P(PutKeyOfEveryProtocol, ReplacesASetWhichKeepsItsPlaceAndCountsAnew) {
  KeyHost host(GetParam().profile);
  const auto type = GetParam().type;
  host.begin();
  EXPECT_EQ(host.put_key("0181", three(host, type, "02")), three_check_values(type, "02") + "9000");
  const auto& keys = host.state().default_key_set();
  EXPECT_EQ(keys.version, 0x02);
  EXPECT_EQ(to_hex(keys.mac), kTwo);
  EXPECT_EQ(keys.sequence_counter, 0U);
  host.begin();
  EXPECT_TRUE(host.send_wrapped("80F28002024F0000").ends_with("9000")) << "the new keys open a session";
}

INSTANTIATE_TEST_SUITE_P(Protocols, PutKeyOfEveryProtocol,
                         testing::Values(Family{"generic-scp01", kDesKey}, Family{"generic-scp02", kDesKey},
                                         Family{"scp02-i55", kDesKey}, Family{"scp03-i70", kAesKey},
                                         Family{"scp03-i00", kAesKey}, Family{"scp03-s16", kAesKey}));

TEST(PutKey, TheFirstSetRemovesTheFactorySet) {
  KeyHost host("jcop-j2a040");
  host.begin();
  EXPECT_EQ(host.put_key("0081", three(host, kDesKey, "01")), three_check_values(kDesKey, "01") + "9000");
  EXPECT_EQ(host.state().issuer_security_domain.domain.key_sets.size(), 1U);
  EXPECT_EQ(host.state().default_key_set().version, 0x01);
  EXPECT_EQ(host.send_wrapped("80CA00E000"), "E012C00401018010C00402018010C004030180109000");
}

TEST(PutKey, AnotherKeyLeavesTheFactorySet) {
  KeyHost host("jcop-j2a040");
  host.begin();
  EXPECT_TRUE(host.put_key("0001", "71" + host.field(kDesKey, kOne)).ends_with("9000"));
  EXPECT_EQ(host.state().default_key_set().version, 0xFF);
  EXPECT_NE(host.state().issuer_security_domain.domain.find_service_key(0x71, 1), nullptr);
}

TEST(PutKey, SingleKeysBecomeASetWithTheThird) {
  KeyHost host("generic-scp02");
  host.begin();
  EXPECT_EQ(host.put_key("0001", "30" + host.field(kDesKey, kOne)), "30" + kcv(kDesKey, kOne) + "9000");
  EXPECT_EQ(host.put_key("0002", "30" + host.field(kDesKey, kTwo)), "30" + kcv(kDesKey, kTwo) + "9000");
  EXPECT_EQ(host.state().issuer_security_domain.domain.key_sets.size(), 1U);
  EXPECT_EQ(host.put_key("0003", "30" + host.field(kDesKey, kThree)), "30" + kcv(kDesKey, kThree) + "9000");
  ASSERT_EQ(host.state().issuer_security_domain.domain.key_sets.size(), 2U);
  EXPECT_EQ(to_hex(host.state().issuer_security_domain.domain.key_sets[1].dek), kThree);
  EXPECT_TRUE(host.state().issuer_security_domain.domain.service_keys.empty());
}

/// A refused PUT KEY, after which every key is as it was.
void expect_refused(KeyHost& host, std::string_view header, std::string_view data, std::string_view sw) {
  const auto before = host.send_wrapped("80CA00E000");
  EXPECT_EQ(host.put_key(header, data), sw) << header << " " << data;
  EXPECT_EQ(host.send_wrapped("80CA00E000"), before);
}

// GPCS 2.3.1 section 5.3.2.3 leaves it to the domain; the keys of a set may come one by one.
TEST(PutKey, TheFirstSetPersonalizesASupplementaryDomain) {
  KeyHost host("generic-scp02");
  host.begin();
  EXPECT_EQ(host.send_wrapped("80E60C002007A0000000035350"
                              "08A000000003535041"
                              "08A000000151535042"
                              "0180"
                              "02C900"
                              "00"),
            "009000");
  const auto state = [&] { return host.state().applications.back().life_cycle; };
  EXPECT_TRUE(host.send("00A4040008A000000151535042").ends_with("9000"));
  host.begin();
  EXPECT_TRUE(host.put_key("0001", "73" + host.field(kDesKey, kOne)).ends_with("9000"));
  EXPECT_TRUE(host.put_key("0001", "01" + host.field(kDesKey, kOne)).ends_with("9000"));
  EXPECT_TRUE(host.put_key("0002", "01" + host.field(kDesKey, kTwo)).ends_with("9000"));
  EXPECT_EQ(state(), 0x07) << "no key set yet";
  EXPECT_TRUE(host.put_key("0003", "01" + host.field(kDesKey, kThree)).ends_with("9000"));
  EXPECT_EQ(state(), 0x0F);
  constexpr std::string_view kPersonalized = "80F0400F08A000000151535042";
  EXPECT_EQ(host.send_wrapped(kPersonalized), "9000") << "as on cards where it has to be said";
  EXPECT_EQ(host.send_wrapped(kPersonalized), "6985") << "it is already";
}

TEST(PutKey, RefusesWhatTheSpecificationRefuses) {
  KeyHost host("generic-scp02");
  EXPECT_EQ(host.send("80D80081013000"), "6982") << "outside a session";
  host.begin();
  const auto good = host.field(kDesKey, kOne);
  expect_refused(host, "0081", "", "6A80");
  expect_refused(host, "0081", "30", "6A80");
  expect_refused(host, "0001", "00" + good, "6A80");
  expect_refused(host, "0001", "80" + good, "6A80");
  expect_refused(host, "0001", "30" + good + good, "6A80");
  expect_refused(host, "00FF", "30" + good + good, "6A80");
  expect_refused(host, "0001", "01" + good, "6A80");
  expect_refused(host, "0501", "05" + good, "6A88");
  expect_refused(host, "0104", "01" + good, "6A88");
  expect_refused(host, "0001", "30" + good.substr(0, good.size() - 2), "6A80");
  expect_refused(host, "0001", "30" + good.substr(0, 36) + "00", "6A80");
  expect_refused(host, "0001", "30" + good.substr(0, 36) + "03000000", "6982");
  expect_refused(host, "0001", "30" + std::string("9010") + good.substr(4), "6A80");
  expect_refused(host, "0001", "308008" + to_hex(host.hide(Bytes(8, 0x11))) + "03000000", "6A80");
  // All or nothing: the second of three has a wrong check value.
  auto wrong = three(host, kDesKey, "30");
  wrong[2 + 44 + 43] = wrong[2 + 44 + 43] == '0' ? '1' : '0';
  expect_refused(host, "0081", wrong, "6982");
}

TEST(PutKey, DoesNotChangeTypeOrLengthOfAKey) {
  KeyHost host("scp03-i70");
  host.begin();
  const auto longer = std::string(kOne) + std::string(kTwo);
  expect_refused(host, "0101", "01" + host.field(kAesKey, longer), "6A80");
  expect_refused(host, "0101", "01" + host.field(kDesKey, kOne), "6A80");
}

TEST(PutKey, AnOlderCardHasItsOwnStatusWords) {
  KeyHost host("jcop-j2a040");
  host.begin();
  const auto good = host.field(kDesKey, kOne);
  EXPECT_EQ(host.put_key("0001", "30" + good.substr(0, 36) + "03000000"), "9485");
  EXPECT_EQ(host.put_key("0001", "30" + std::string("9010") + good.substr(4)), "9484");
}

TEST(PutKey, OlderTypesOfDesAreDes) {
  KeyHost host("generic-scp02");
  host.begin();
  EXPECT_TRUE(host.put_key("0001", "30" + host.field(0x81, kOne)).ends_with("9000"));
  EXPECT_TRUE(host.send_wrapped("80CA00E000").ends_with("C004013080109000"));
}

TEST(PutKey, AesKeysComeWithAndWithoutTheirLength) {
  KeyHost host("scp03-i70");
  host.begin();
  EXPECT_EQ(host.put_key("0001", "30" + host.prefixed_field(kAesKey, kOne)),
            "30" + kcv(kAesKey, kOne) + "9000");
  EXPECT_EQ(host.put_key("0002", "30" + host.field(kAesKey, kTwo)), "30" + kcv(kAesKey, kTwo) + "9000");
  const auto aes192 = std::string(kOne) + "2021222324252627";
  EXPECT_EQ(host.put_key("0003", "30" + host.prefixed_field(kAesKey, aes192)),
            "30" + kcv(kAesKey, aes192) + "9000");
}

TEST(PutKey, AStrictCardWantsTheLength) {
  KeyHost host(with_profile("scp03-i70", R"("name": "x", "strict": true)"));
  host.begin();
  EXPECT_EQ(host.put_key("0001", "30" + host.field(kAesKey, kOne)), "6A80");
  EXPECT_EQ(host.put_key("0001", "30" + host.prefixed_field(kAesKey, kOne)),
            "30" + kcv(kAesKey, kOne) + "9000");
}

TEST(PutKey, RsaAndEcKeysHaveNoCheckValue) {
  KeyHost host("generic-scp02");
  host.begin();
  const auto modulus = to_hex(Bytes(128, 0xC5));
  const auto rsa = "70A18180" + modulus + "A003010001";
  EXPECT_EQ(host.put_key("0001", rsa + "03112233"), "6A80");
  EXPECT_EQ(host.put_key("0001", rsa + "00"), "709000");
  EXPECT_EQ(host.put_key("0001",
                         "73A0030100010"
                         "0"),
            "6A80")
      << "an exponent alone";
  const auto point = "04" + to_hex(Bytes(64, 0x11));
  EXPECT_EQ(host.put_key("0001", "73B041" + point + "F0010000"), "739000");
  EXPECT_TRUE(host.send_wrapped("80CA00E000").ends_with("C0060170A180A003C0060173B040F0009000"));
  const auto* key = host.state().issuer_security_domain.domain.find_service_key(0x70, 1);
  ASSERT_NE(key, nullptr);
  EXPECT_EQ(to_hex(key->components[0].value), modulus);
}

TEST(PutKey, AChainOfCommandsIsOneCommand) {
  KeyHost host("generic-scp02");
  host.begin();
  const auto data = three(host, kDesKey, "30");
  EXPECT_EQ(host.put_key("8081", data.substr(0, 60)), "9000");
  EXPECT_EQ(host.put_key("8081", data.substr(60, 20)), "9000");
  EXPECT_EQ(host.put_key("0081", data.substr(80)), three_check_values(kDesKey, "30") + "9000");
}

TEST(PutKey, AChainThatIsInterruptedIsOver) {
  KeyHost host("generic-scp02");
  host.begin();
  const auto data = three(host, kDesKey, "30");
  EXPECT_EQ(host.put_key("8081", data.substr(0, 60)), "9000");
  EXPECT_EQ(host.put_key("0082", data.substr(60)), "6985") << "another header";
  EXPECT_EQ(host.put_key("8081", data.substr(0, 60)), "9000");
  EXPECT_EQ(host.send_wrapped("80F28002024F0000"), "6985") << "another command";
  EXPECT_EQ(host.put_key("0081", data), three_check_values(kDesKey, "30") + "9000");
}

TEST(PutKey, ImplicitInitiationHidesKeysUnderTheNextCounter) {
  KeyHost host("generic-scp02-i1a");
  host.begin_implicitly();
  EXPECT_EQ(host.put_key("0001", "71" + host.field(kDesKey, kOne)).substr(0, 2), "71") << "the first command";
  EXPECT_EQ(host.put_key("0001", "72" + host.field(kDesKey, kTwo)).substr(0, 2), "72") << "one later";
}

TEST(PutKey, AChainHasAnEnd) {
  KeyHost host("generic-scp02");
  host.begin();
  std::string sw = "9000";
  for (int count = 0; sw == "9000" && count < 100; ++count)
    sw = host.put_key("8081", to_hex(Bytes(200, 0x30)));
  EXPECT_EQ(sw, "6A86");
}

TEST(DeleteKey, OneKeyAllOfAVersionAllOfAnIdentifier) {
  KeyHost host("generic-scp02");
  host.begin();
  EXPECT_TRUE(host.put_key("0081", three(host, kDesKey, "30")).ends_with("9000"));
  EXPECT_TRUE(host.put_key("0001", "71" + host.field(kDesKey, kOne)).ends_with("9000"));
  EXPECT_EQ(host.send_wrapped("80E4000006D00101D2017100"), "009000");
  EXPECT_EQ(host.state().issuer_security_domain.domain.find_service_key(0x71, 1), nullptr);
  EXPECT_EQ(host.send_wrapped("80E4000006D00103D2013000"), "009000") << "what is left is no set";
  EXPECT_EQ(host.state().issuer_security_domain.domain.key_sets.size(), 1U);
  EXPECT_EQ(host.send_wrapped("80E4000003D2013000"), "009000");
  EXPECT_EQ(host.send_wrapped("80CA00E000"), "E012C00401018010C00402018010C004030180109000");
}

TEST(DeleteKey, RelatedObjectsMayBeNamedAsThereAreNone) {
  KeyHost host("generic-scp02");
  host.begin();
  EXPECT_TRUE(host.put_key("0081", three(host, kDesKey, "30")).ends_with("9000"));
  EXPECT_EQ(host.send_wrapped("80E4008003D2013000"), "009000");
  EXPECT_EQ(host.send_wrapped("80CA00E000"), "E012C00401018010C00402018010C004030180109000");
}

TEST(DeleteKey, RefusesWhatTheSpecificationRefuses) {
  KeyHost host("generic-scp02");
  host.begin();
  EXPECT_EQ(host.send_wrapped("80E4000003D2013000"), "6A88");
  EXPECT_EQ(host.send_wrapped("80E4000003D2010100"), "6985") << "the last key set";
  EXPECT_EQ(host.send_wrapped("80E4000003D0010200"), "6985") << "one of its keys";
  EXPECT_EQ(host.send_wrapped("80E4000002D20000"), "6A80");
  EXPECT_EQ(host.send_wrapped("80E4000006D20101D2010100"), "6A80");
  EXPECT_EQ(host.send_wrapped("80E4000002D20100"), "6A80");
  EXPECT_EQ(host.send_wrapped("80E4000103D2010100"), "6A86");
  EXPECT_EQ(host.state().default_key_set().version, 0x01);
}

}  // namespace
}  // namespace gpsh::virtualcard
