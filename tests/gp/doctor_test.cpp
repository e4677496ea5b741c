// SPDX-License-Identifier: Apache-2.0
#include "gp/doctor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/gp/card_side.h"

namespace gpsh::gp {
namespace {

using test::CardSide;
using testing::HasSubstr;

constexpr auto kDefault = "404142434445464748494A4B4C4D4E4F";
constexpr auto kGemXpresso = "47454D5850524553534F53414D504C45";
constexpr auto kMine = "0102030405060708090A0B0C0D0E0F10";
constexpr auto kMineLong = "0102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F20";

Secret key(std::string_view text) {
  return Secret::from_hex(text).value();
}

CandidateKeys mine(std::string_view enc, std::string_view mac, std::string_view dek) {
  return {.name = "given", .words = "your key", .keys = {.enc = key(enc), .mac = key(mac), .dek = key(dek)}};
}

DoctorCase case_of(const CardSide& card) {
  return {.answer = InitializeUpdateResponse::parse(card.answer()), .host_challenge = card.host_challenge()};
}

std::vector<CandidateKeys> published_and_mine() {
  auto candidates = published_candidates();
  candidates.push_back(mine(kMine, kMine, kMine));
  candidates.push_back(mine(kMineLong, kMineLong, kMineLong));
  return candidates;
}

Diagnosis examined(const DoctorCase& asked) {
  return examine(asked, published_and_mine(), known_diversifications());
}

struct Combination {
  int protocol;
  std::size_t challenge_bytes;
  const char* counter;
  const char* key;
  const char* derivation;
};

std::vector<Combination> all_combinations() {
  std::vector<Combination> all;
  for (const char* master : {kDefault, kGemXpresso, kMine}) {
    for (const char* derivation : {"none", "visa1", "visa", "visa2", "emvcps11"}) {
      all.push_back({1, 8, "", master, derivation});
      all.push_back({2, 8, "", master, derivation});
      all.push_back({3, 8, "", master, derivation});
      all.push_back({3, 16, "000001", master, derivation});
    }
    all.push_back({3, 8, "000001", master, "kdf3"});
  }
  for (const char* derivation : {"none", "kdf3"}) {
    all.push_back({3, 8, "", kMineLong, derivation});
    all.push_back({3, 16, "", kMineLong, derivation});
  }
  return all;
}

class DoctorCombinations : public testing::TestWithParam<Combination> {};

TEST_P(DoctorCombinations, AreFoundAlone) {
  const auto& made = GetParam();
  const CardSide card{.protocol = made.protocol,
                      .derivation = made.derivation,
                      .master = hex(made.key),
                      .challenge_bytes = made.challenge_bytes,
                      .counter = hex(made.counter)};
  const auto diagnosis = examined(case_of(card));
  ASSERT_EQ(diagnosis.fits.size(), 1U) << diagnosis.advice;
  const auto& fit = diagnosis.fits.front();
  EXPECT_EQ(fit.protocol, made.protocol);
  EXPECT_EQ(fit.derivation.name(), made.derivation);
  EXPECT_EQ(fit.proven, made.protocol == 3 ? KeyRole::mac : KeyRole::enc);
  EXPECT_FALSE(fit.misplaced);
  const bool published = made.key == std::string_view(kDefault) || made.key == std::string_view(kGemXpresso);
  EXPECT_EQ(fit.origin, published ? KeyOrigin::published : KeyOrigin::user);
  EXPECT_EQ(fit.keys, made.key == std::string_view(kDefault) ? "default"
                      : published                            ? "gemxpresso"
                                                             : "given");
}

INSTANTIATE_TEST_SUITE_P(All, DoctorCombinations, testing::ValuesIn(all_combinations()),
                         [](const auto& given) { return "Combination" + std::to_string(given.index); });

TEST(Doctor, ProtocolByteMayBeWrong) {
  auto asked = case_of({.protocol = 1, .master = hex(kDefault)});
  asked.answer.protocol = 2;
  EXPECT_EQ(examined(asked).fits.at(0).protocol, 1);
  asked = case_of({.protocol = 2, .master = hex(kDefault)});
  asked.answer.protocol = 0x0D;
  EXPECT_EQ(examined(asked).fits.at(0).protocol, 2);
}

TEST(Doctor, AdviceForADerivation) {
  const auto diagnosis = examined(case_of({.protocol = 2, .derivation = "emvcps11", .master = hex(kMine)}));
  EXPECT_EQ(diagnosis.advice,
            "SCP02 with EMV CPS 1.1 diversification of your key: add -keyDerivation emvcps11");
  EXPECT_EQ(diagnosis.proof, "the card has proven that it knows the ENC key; MAC and DEK are unproven");
}

TEST(Doctor, AdviceForScp03) {
  const auto diagnosis =
      examined(case_of({.protocol = 3, .derivation = "kdf3", .master = hex(kMine), .challenge_bytes = 16}));
  EXPECT_EQ(diagnosis.advice,
            "SCP03 in S16 mode with KDF3 diversification of your key: add -keyDerivation kdf3");
  EXPECT_EQ(diagnosis.proof, "the card has proven that it knows the MAC key; ENC and DEK are unproven");
}

TEST(Doctor, AdviceForAPublishedKey) {
  const auto diagnosis =
      examined(case_of({.protocol = 1, .derivation = "visa2", .master = hex(kGemXpresso)}));
  EXPECT_EQ(
      diagnosis.advice,
      "SCP01 with VISA 2 diversification of the GemXpresso sample key 47454D5850524553534F53414D504C45: "
      "give it as -key; add -keyDerivation visa2");
}

TEST(Doctor, AdviceForTheWrongMode) {
  auto asked = case_of({.protocol = 2, .master = hex(kMine)});
  asked.assumed_protocol = 1;
  EXPECT_EQ(examined(asked).advice, "SCP02 with your key: add mode_211");
  asked.assumed_by = AssumedBy::options;
  EXPECT_EQ(examined(asked).advice, "SCP02 with your key: leave out -scp and -scpimpl");
  asked.assumed_protocol = 3;
  EXPECT_EQ(examined(asked).advice, "SCP02 with your key: leave out -scp and -scpimpl");
  asked.assumed_protocol = 2;
  EXPECT_EQ(examined(asked).advice, "SCP02 with your key: protocol, derivation and key are right");
}

TEST(Doctor, AdviceKnowsWhatWasUsed) {
  auto asked = case_of({.protocol = 2, .master = hex(kMine)});
  asked.assumed_derivation = Diversification::parse("visa2");
  EXPECT_EQ(examined(asked).advice, "SCP02 with your key: leave out -keyDerivation");
  asked = case_of({.protocol = 2, .derivation = "visa2", .master = hex(kMine)});
  asked.assumed_derivation = Diversification::parse("visa2");
  EXPECT_EQ(examined(asked).advice,
            "SCP02 with VISA 2 diversification of your key: protocol, derivation and key are right");
}

TEST(Doctor, PublishedKeyThatTheUserGaveIsTheUsers) {
  auto candidates = published_candidates();
  candidates.push_back(mine(kDefault, kDefault, kDefault));
  const auto diagnosis =
      examine(case_of({.protocol = 2, .master = hex(kDefault)}), candidates, known_diversifications());
  ASSERT_EQ(diagnosis.fits.size(), 1U) << "every key is tried once";
  EXPECT_EQ(diagnosis.fits.front().keys, "default");
  EXPECT_EQ(diagnosis.fits.front().origin, KeyOrigin::user);
}

TEST(Doctor, AnotherMacKeyWithAPublishedEncKeyIsNotProven) {
  auto candidates = published_candidates();
  candidates.push_back(mine(kDefault, kMine, kMine));
  const auto diagnosis =
      examine(case_of({.protocol = 2, .master = hex(kDefault)}), candidates, known_diversifications());
  EXPECT_EQ(
      diagnosis.advice,
      "SCP02 with the GlobalPlatform test key 404142434445464748494A4B4C4D4E4F: protocol and derivation "
      "are right; the given MAC key is not proven");
}

TEST(Doctor, MisplacedKey) {
  std::vector<CandidateKeys> candidates;
  candidates.push_back(mine(kDefault, kMine, kGemXpresso));
  const auto on_scp02 =
      examine(case_of({.protocol = 2, .master = hex(kMine)}), candidates, known_diversifications());
  ASSERT_EQ(on_scp02.fits.size(), 1U);
  EXPECT_EQ(on_scp02.fits.front().misplaced, KeyRole::mac);
  EXPECT_EQ(on_scp02.advice,
            "SCP02 with your key: what is given as the MAC key is the card's ENC key, give it as -enc_key");
  const auto on_scp03 =
      examine(case_of({.protocol = 3, .master = hex(kMine)}), candidates, known_diversifications());
  ASSERT_EQ(on_scp03.fits.size(), 1U);
  EXPECT_FALSE(on_scp03.fits.front().misplaced);
}

TEST(Doctor, OwnTemplateIsQuotedInTheAdvice) {
  auto derivations = known_diversifications();
  const std::string own = "$4 $5 $6 $7 $8 $9 F0 $k $4 $5 $6 $7 $8 $9 0F $k";
  const auto diagnosis = examine(case_of({.protocol = 2, .derivation = "emvcps11", .master = hex(kMine)}),
                                 published_and_mine(), {Diversification::parse(own)});
  EXPECT_THAT(diagnosis.advice,
              HasSubstr("template diversification of your key: add -keyDerivation \"" + own + "\""));
}

TEST(Doctor, NothingFits) {
  const auto diagnosis =
      examined(case_of({.protocol = 2, .master = hex("00000000000000000000000000000000")}));
  EXPECT_TRUE(diagnosis.fits.empty());
  // Three keys of 16 bytes, five derivations with triple DES or none, two protocols.
  EXPECT_EQ(diagnosis.tried, 3U * 5U * 2U);
  EXPECT_EQ(diagnosis.proof, "no key is proven");
  EXPECT_EQ(
      diagnosis.advice,
      "none of the 30 combinations of protocol, derivation and key fits: ask the issuer for the keys of "
      "version 01, and do not try others on the card");
}

TEST(Doctor, CountsWhatIsPossibleOnScp03) {
  const auto diagnosis =
      examined(case_of({.protocol = 3, .master = hex("00000000000000000000000000000000")}));
  // Three keys of 16 bytes with all six derivations, two of 32 bytes with none and kdf3.
  EXPECT_EQ(diagnosis.tried, 3U * 6U + 2U * 2U);
}

TEST(Doctor, WithoutKeysNothingIsTried) {
  const auto diagnosis =
      examine(case_of({.protocol = 2, .master = hex(kMine)}), {}, known_diversifications());
  EXPECT_EQ(diagnosis.tried, 0U);
  EXPECT_TRUE(diagnosis.fits.empty());
}

TEST(Doctor, TamperedCryptogramFitsNothing) {
  auto asked = case_of({.protocol = 3, .master = hex(kDefault), .challenge_bytes = 16});
  asked.answer.card_cryptogram.back() ^= 0x01;
  EXPECT_TRUE(examined(asked).fits.empty());
}

TEST(Doctor, HostChallengeOfAnotherLengthFitsNothing) {
  auto asked = case_of({.protocol = 2, .master = hex(kDefault)});
  asked.host_challenge.resize(16);
  EXPECT_TRUE(examined(asked).fits.empty());
}

}  // namespace
}  // namespace gpsh::gp
