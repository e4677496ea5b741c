// SPDX-License-Identifier: Apache-2.0
// DAP verification and tokens (GPCS 2.3.1 sections 9.2, C.3 and C.4).
#include <botan/auto_rng.h>
#include <botan/ecdsa.h>
#include <botan/pubkey.h>
#include <botan/rsa.h>
#include <gtest/gtest.h>

#include "tests/virtualcard/content_host.h"
#include "virtualcard/aes_crypto.h"
#include "virtualcard/content_token.h"
#include "virtualcard/dap_verification.h"
#include "virtualcard/signature.h"

namespace gpsh::virtualcard {
namespace {

using test::aid;
using test::ContentHost;
using test::load_file_of;
using test::make_cap;

constexpr std::string_view kDomain = "A000000151535041";
const Key kAesKey = make_key(hex("808182838485868788898A8B8C8D8E8F"));

ServiceKey aes_key(std::uint8_t version) {
  return {.version = version, .identifier = 1, .components = {{.type = 0x88, .value = kAesKey}}};
}

/// The supplementary domain has these privileges, and the DAP key 73.
Profile with_dap(std::string_view privileges) {
  auto profile = test::profile_with_domain(privileges);
  profile.card.find_domain(aid(kDomain))->service_keys.push_back(aes_key(0x73));
  return profile;
}

Bytes dap(std::string_view domain, ByteView signature) {
  return make_tlv(0xE2, concat({make_tlv(0x4F, hex(domain)), make_tlv(0xC3, signature)}));
}

std::string load_with(ContentHost& host, ByteView blocks, std::string_view domain = "") {
  const auto hash = digest_of_length(32, make_cap());
  EXPECT_EQ(host.install_for_load("E0E1E2E3E401", domain, to_hex(hash)), "009000");
  return host.load_blocks(concat({blocks, load_file_of(make_cap())}));
}

TEST(Dap, ARightOneIsAccepted) {
  ContentHost host(with_dap("C08000"));
  const auto signature = aes_cmac(kAesKey, digest_of_length(32, make_cap()));
  EXPECT_EQ(load_with(host, dap(kDomain, signature), kDomain), "009000");
}

TEST(Dap, WrongMissingOrFromNobody) {
  ContentHost host(with_dap("C08000"));
  const auto before = host.registry();
  auto signature = aes_cmac(kAesKey, digest_of_length(32, make_cap()));
  const auto right = dap(kDomain, signature);
  EXPECT_EQ(load_with(host, {}, kDomain), "6985") << "the domain demands one";
  EXPECT_EQ(load_with(host, dap("A000000003000000", signature), kDomain), "6985") << "not its own";
  EXPECT_EQ(load_with(host, concat({right, dap("A000000003000000", signature)}), kDomain), "6982")
      << "the issuer's domain has no such privilege";
  signature.back() ^= 0x01;
  EXPECT_EQ(load_with(host, dap(kDomain, signature), kDomain), "6982");
  EXPECT_EQ(host.install_for_load("E0E1E2E3E401", kDomain), "009000");
  EXPECT_EQ(host.load_blocks(concat({right, load_file_of(make_cap())})), "6985") << "no hash to sign";
  EXPECT_EQ(host.registry(), before);
}

TEST(Dap, TheMandatedOneIsForEveryLoad) {
  ContentHost host(with_dap("C18000"));
  EXPECT_EQ(load_with(host, {}), "6985");
  const auto signature = aes_cmac(kAesKey, digest_of_length(32, make_cap()));
  EXPECT_EQ(load_with(host, dap(kDomain, signature)), "009000");
}

TEST(Dap, WithoutAKeyItFails) {
  ContentHost host(test::profile_with_domain("C08000"));
  const auto signature = aes_cmac(kAesKey, digest_of_length(32, make_cap()));
  EXPECT_EQ(load_with(host, dap(kDomain, signature), kDomain), "6982");
}

/// A domain with Delegated Management under an issuer with the token key 70, in a session of its own.
ContentHost delegated(const ServiceKey& key) {
  auto profile = test::profile_with_domain("A08000");
  profile.card.issuer_security_domain.domain.service_keys.push_back(key);
  ContentHost host(std::move(profile));
  host.enter_domain();
  return host;
}

/// INSTALL [for load] with its token.
std::string install_with_token(ContentHost& host, ByteView token, std::string_view hash) {
  const auto data = concat({test::fields({"E0E1E2E3E401", "", hash, ""}), test::with_length(token)});
  return host.command("80E60200", data);
}

// P1 P2 and the length without the token, then the data field without it (GPCS 2.3.1 Table C-4).
Bytes covered(std::string_view hash) {
  const auto data = test::fields({"E0E1E2E3E401", "", hash, ""});
  return concat({hex("0200"), test::with_length(data)});
}

TEST(Token, DelegatedManagementNeedsOne) {
  const auto hash = to_hex(digest_of_length(32, make_cap()));
  auto host = delegated(aes_key(0x70));
  auto token = aes_cmac(kAesKey, covered(hash));
  EXPECT_EQ(host.install_for_load("E0E1E2E3E401", "", hash), "6985") << "none";
  EXPECT_EQ(install_with_token(host, token, hash), "009000");
  EXPECT_EQ(host.load_blocks(load_file_of(make_cap())), "009000");
  EXPECT_EQ(host.state().domain_of(aid("E0E1E2E3E401")), aid(kDomain));
  token.front() ^= 0x80;
  EXPECT_EQ(host.remove("E0E1E2E3E401"), "6985") << "deletion needs one too";
  const auto object = make_tlv(0x4F, hex("E0E1E2E3E401"));
  const auto delete_token = aes_cmac(kAesKey, concat({hex("0000"), test::with_length(object)}));
  EXPECT_EQ(host.command("80E40000", concat({object, make_tlv(0x9E, token)})), "6982");
  EXPECT_EQ(host.command("80E40000", concat({object, make_tlv(0x9E, delete_token)})), "009000");
}

TEST(Token, AWrongOneOrNobodyToVerifyIt) {
  const auto hash = to_hex(digest_of_length(32, make_cap()));
  auto token = aes_cmac(kAesKey, covered(hash));
  auto without_key = delegated(aes_key(0x71));
  EXPECT_EQ(install_with_token(without_key, token, hash), "6982");
  auto host = delegated(aes_key(0x70));
  token.back() ^= 0x01;
  EXPECT_EQ(install_with_token(host, token, hash), "6982");
  const auto without_hash = aes_cmac(kAesKey, covered(""));
  EXPECT_EQ(install_with_token(host, without_hash, ""), "6A80") << "it must cover the code";
}

TEST(Token, Rsa) {
  Botan::AutoSeeded_RNG random;
  const Botan::RSA_PrivateKey pair(random, 1024);
  const auto modulus = Botan::BigInt::encode(pair.get_n());
  const auto exponent = Botan::BigInt::encode(pair.get_e());
  ServiceKey key{.version = 0x70, .identifier = 1};
  key.components = {{.type = 0xA1, .value = Key(modulus.begin(), modulus.end())},
                    {.type = 0xA0, .value = Key(exponent.begin(), exponent.end())}};
  const Bytes data = hex("0200010203");
  Botan::PK_Signer signer(pair, random, "EMSA3(SHA-1)");
  auto signature = signer.sign_message(data.data(), data.size(), random);
  EXPECT_TRUE(signature_is_right(key, data, signature));
  signature.back() ^= 0x01;
  EXPECT_FALSE(signature_is_right(key, data, signature));
  key.components.pop_back();
  EXPECT_FALSE(signature_is_right(key, data, signature)) << "half a key";
}

TEST(Token, EllipticCurve) {
  Botan::AutoSeeded_RNG random;
  const Botan::ECDSA_PrivateKey pair(random, Botan::EC_Group("secp256r1"));
  const auto point = pair.public_point().encode(Botan::PointGFp::UNCOMPRESSED);
  ServiceKey key{.version = 0x70, .identifier = 1};
  key.components = {{.type = 0xB0, .value = Key(point.begin(), point.end())},
                    {.type = 0xF0, .value = Key{0x00}}};
  const Bytes data = hex("0200010203");
  Botan::PK_Signer signer(pair, random, "EMSA1(SHA-256)");
  auto signature = signer.sign_message(data.data(), data.size(), random);
  EXPECT_TRUE(signature_is_right(key, data, signature));
  signature.back() ^= 0x01;
  EXPECT_FALSE(signature_is_right(key, data, signature));
  key.components.back().value = Key{0x3F};
  EXPECT_FALSE(signature_is_right(key, data, signature)) << "no such curve";
}

/// The issuer verifies tokens and generates receipts.
ContentHost with_receipts() {
  auto profile = test::profile_with_domain("A08000");
  auto& issuer = profile.card.issuer_security_domain.domain;
  issuer.service_keys = {aes_key(0x70), aes_key(0x71)};
  ContentHost host(std::move(profile));
  host.enter_domain();
  return host;
}

/// Length of the confirmation, receipt with its length, confirmation data: counter, and 42 and 45 of the
/// issuer (GPCS 2.3.1 Tables 11-13, 11-14 and 11-54).
std::string confirmation(std::string_view counter, std::string_view more, ByteView elements) {
  const auto data = concat({hex("02"), hex(counter), hex("0E4750534800010000000000000001"), hex(more)});
  const auto receipt = aes_cmac(kAesKey, concat({data, elements}));
  const auto whole = concat({test::with_length(receipt), data});
  return to_hex(concat({test::with_length(whole), hex("9000")}));
}

/// Sends INSTALL with its right token.
std::string install_with_right_token(ContentHost& host, std::string_view p1_p2, const Bytes& data) {
  const auto token = aes_cmac(kAesKey, concat({hex(p1_p2), test::with_length(data)}));
  return host.command("80E6" + std::string(p1_p2), concat({data, test::with_length(token)}));
}

TEST(Receipt, EveryDelegatedStepIsConfirmed) {
  auto host = with_receipts();
  const auto hash = to_hex(digest_of_length(32, make_cap()));
  // The load parameters name the token: B6 with 93.
  const auto load = test::fields({"E0E1E2E3E401", "", hash, "B6049302ABCD"});
  EXPECT_EQ(install_with_right_token(host, "0200", load), "009000") << "nothing is done yet";
  EXPECT_EQ(host.load_blocks(load_file_of(make_cap())),
            confirmation("0001", "02ABCD", test::fields({"E0E1E2E3E401", kDomain})));
  const auto install = test::fields({"E0E1E2E3E401", "E0E1E2E3E40101", "E0E1E2E3E4AA01", "00", "C900"});
  EXPECT_EQ(install_with_right_token(host, "0C00", install),
            confirmation("0002", "", test::fields({"E0E1E2E3E401", "E0E1E2E3E4AA01"})));
  const auto extradition = test::fields({"A000000003000000", "", "E0E1E2E3E4AA01", "", ""});
  EXPECT_EQ(install_with_right_token(host, "1000", extradition),
            confirmation("0003", "", test::fields({kDomain, "E0E1E2E3E4AA01", "A000000003000000"})));
  const auto update = test::fields({"", "", "D0D1D2D3D4D50101", "02", ""});
  EXPECT_EQ(install_with_right_token(host, "4000", update),
            confirmation("0004", "", test::fields({"", "D0D1D2D3D4D50101", "", "02", ""})));
  const auto object = make_tlv(0x4F, hex("D0D1D2D3D4D50101"));
  const auto token = aes_cmac(kAesKey, concat({hex("0000"), test::with_length(object)}));
  EXPECT_EQ(host.command("80E40000", concat({object, make_tlv(0x9E, token)})),
            confirmation("0005", "", test::fields({"D0D1D2D3D4D50101"})));
  EXPECT_EQ(host.state().issuer_security_domain.domain.confirmation_counter, 5U);
}

TEST(Receipt, TheCounterNeverWraps) {
  auto profile = test::profile_with_domain("A08000");
  auto& issuer = profile.card.issuer_security_domain.domain;
  issuer.service_keys = {aes_key(0x70), aes_key(0x71)};
  issuer.confirmation_counter = 0x7FFF;
  ContentHost host(std::move(profile));
  host.enter_domain();
  const auto update = test::fields({"", "", "D0D1D2D3D4D50101", "02", ""});
  EXPECT_EQ(install_with_right_token(host, "4000", update), "009000");
  EXPECT_EQ(host.state().issuer_security_domain.domain.confirmation_counter, 0x7FFFU);
}

}  // namespace
}  // namespace gpsh::virtualcard
