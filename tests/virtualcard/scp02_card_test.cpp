// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/scp02_card.h"

#include <gtest/gtest.h>

#include "core/apdu.h"

namespace gpsh::virtualcard {
namespace {

KeySet test_keys(std::uint16_t sequence_counter) {
  const auto key = make_key(hex("404142434445464748494A4B4C4D4E4F"));
  return {.version = 0xFF, .enc = key, .mac = key, .dek = key, .sequence_counter = sequence_counter};
}

const auto kIsd = *Aid::from_bytes(hex("A000000151000000"));

Scp02Card session(std::uint16_t sequence_counter) {
  return {test_keys(sequence_counter), 0x15, kIsd};
}

// Challenges and cryptograms of recording seed-04.
TEST(Scp02Card, CryptogramsOfTheJcop) {
  const auto card = session(0x0002);
  const auto host_challenge = hex("266C8E3C10693905");
  const auto card_challenge = hex("598DD3961BFD");
  EXPECT_EQ(to_hex(card.card_cryptogram(host_challenge, card_challenge)), "CC97F9DF4F2A6CE2");
  EXPECT_EQ(to_hex(card.host_cryptogram(host_challenge, card_challenge)), "5F64BB103F4F8719");
}

// EXTERNAL AUTHENTICATE and GET STATUS of recording vec-kaoh-scp02-get-status-mac-only.
TEST(Scp02Card, VerifiesAChainOfMacs) {
  auto card = session(0x069F);
  const auto first = CommandApdu::parse(hex("84820100107C799B3C771DBAE6BEF49310977617BA"));
  ASSERT_TRUE(card.unwrap(first, SecurityLevel::c_mac));
  const auto second =
      card.unwrap(CommandApdu::parse(hex("84F220020A4F00BB6E71C0EFCFCF0D00")), SecurityLevel::c_mac);
  ASSERT_TRUE(second);
  EXPECT_EQ(to_hex(second->data), "4F00");
}

// The same session: its second MAC does not fit as the first of a session, nor twice.
TEST(Scp02Card, TheChainIsPartOfTheMac) {
  auto card = session(0x069F);
  const auto first = CommandApdu::parse(hex("84820100107C799B3C771DBAE6BEF49310977617BA"));
  const auto second = CommandApdu::parse(hex("84F220020A4F00BB6E71C0EFCFCF0D00"));
  EXPECT_FALSE(card.unwrap(second, SecurityLevel::c_mac));
  EXPECT_TRUE(card.unwrap(first, SecurityLevel::c_mac));
  EXPECT_TRUE(card.unwrap(second, SecurityLevel::c_mac));
  EXPECT_FALSE(card.unwrap(second, SecurityLevel::c_mac));
}

// EXTERNAL AUTHENTICATE and the encrypted GET STATUS of recording gp-03.
TEST(Scp02Card, DecryptsBeforeItVerifies) {
  auto card = session(0x0013);
  const auto first = CommandApdu::parse(hex("8482030010E214362A48999E2AD0C159C17E6D3F9A00"));
  ASSERT_TRUE(card.unwrap(first, SecurityLevel::c_mac));
  const auto second = card.unwrap(CommandApdu::parse(hex("84F280021013A84162D6CF3D3EB2037DBFF3A4A09100")),
                                  SecurityLevel::c_decryption_c_mac);
  ASSERT_TRUE(second);
  EXPECT_EQ(to_hex(second->data), "4F00");
}

TEST(Scp02Card, RefusesWhatIsNoProtectedCommand) {
  auto card = session(0x069F);
  const auto refused = [&](std::string_view apdu, SecurityLevel level) {
    return !card.unwrap(CommandApdu::parse(hex(apdu)), level);
  };
  EXPECT_TRUE(refused("84F22002", SecurityLevel::c_mac));
  EXPECT_TRUE(refused("84F2200207 01020304050607", SecurityLevel::c_mac));
  EXPECT_TRUE(refused("80820100107C799B3C771DBAE6BEF49310977617BA", SecurityLevel::c_mac)) << "no mark";
  EXPECT_TRUE(refused("84F2200209 010203040506070809", SecurityLevel::c_decryption_c_mac));
  EXPECT_TRUE(refused("84F2200210 00000000000000000102030405060708", SecurityLevel::c_decryption_c_mac));
}

TEST(Scp02Card, WithoutAMacLevelNothingIsChecked) {
  auto card = session(0);
  const auto command = CommandApdu::parse(hex("80F28002024F0000"));
  EXPECT_EQ(card.unwrap(command, SecurityLevel::authenticated), command);
}

TEST(Scp02Card, ThePseudoRandomChallengeDependsOnKeyCounterAndAid) {
  const auto other = *Aid::from_bytes(hex("A000000003000000"));
  const auto challenge = session(1).pseudo_random_challenge();
  EXPECT_EQ(challenge.size(), 6U);
  EXPECT_EQ(session(1).pseudo_random_challenge(), challenge);
  EXPECT_NE(Scp02Card(test_keys(1), 0x55, other).pseudo_random_challenge(), challenge);
  EXPECT_NE(session(2).pseudo_random_challenge(), challenge);
}

// The challenges that the card of recordings gpshell-01, gp-02 and gp-03 (i = 55) gave with these counters.
TEST(Scp02Card, PseudoRandomChallengesOfARealCard) {
  EXPECT_EQ(to_hex(session(0x0001).pseudo_random_challenge()), "3C2B9786B83B");
  EXPECT_EQ(to_hex(session(0x0012).pseudo_random_challenge()), "3E6DB216F8D5");
  EXPECT_EQ(to_hex(session(0x0013).pseudo_random_challenge()), "884AB6A84A18");
}

}  // namespace
}  // namespace gpsh::virtualcard
