// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/scp03_card.h"

#include <gtest/gtest.h>

#include "virtualcard/aes_crypto.h"

namespace gpsh::virtualcard {
namespace {

// Samsung OpenSCP-Java, test data of its emulated card: SCP03 i = 71, AES-256, level 33.
const Challenges kChallenges{.host = hex("06F85B77251BF79406F85B77251BF794"),
                             .card = hex("0617A2C34D50B562F7DECFC3DBF58A64")};
constexpr std::string_view kExternalAuthenticate =
    "8482330020 71D1A091C5D24AF177B00E69B1A32B4E 30A5168CF8C86B19730DF915EF82D8A7";
constexpr std::string_view kListPackages =
    "84F2200020 DD3036DC4C636717702732ABBA185633 873A933310002B25E386CF10A4E6B130";
constexpr std::string_view kListApplets =
    "84F2400020 EC2F4F2DDA358BF87C9A946D129D7C12 F132C6A63CDAD60E80526C9A6487580C";
constexpr std::string_view kListDomain =
    "84F2800020 7C873E7BDCE82D67EC28783A3C3222C0 1E70D8C7A498CA3C7E348944F44A18B3";
constexpr std::string_view kPackages =
    "A5E7309DCA3EFFA13D1AA03FE0D3E2BA8D04DF15A6A26989150F512ED453F5DFFB2A7E4EE4E2FFACEFC0945435BCAF3A"
    "914A9F7BD66B4F82635B7757AE82B54262489B3B58224F99E846E2A8061B17329000";

KeySet s16_keys() {
  return {.version = 0x30,
          .type = KeyType::aes,
          .enc = make_key(hex("1D72CD9283FD55162722C6BEAA4DC1877F4C0CD0ECC15E052AAC39A99AF9AD72")),
          .mac = make_key(hex("F4932BA02FFC3098D172790099D2838236F2E61068D56F4401CC0374C25AF8CB")),
          .dek = make_key(hex("B4BDC610C3F6793708FF1132E2C5BF60523AEAC06B32F204B851B6CC007C8D3C"))};
}

TEST(Scp03Card, S16Cryptograms) {
  const Scp03Card card(s16_keys(), 0x71, kChallenges);
  EXPECT_EQ(to_hex(card.card_cryptogram()), "99D2966CF09C9201FDE8343E93FB18B4");
  EXPECT_EQ(to_hex(card.host_cryptogram()), "71D1A091C5D24AF177B00E69B1A32B4E");
}

TEST(Scp03Card, S16CommandsAndAResponse) {
  Scp03Card card(s16_keys(), 0x71, kChallenges);
  ASSERT_TRUE(card.unwrap(CommandApdu::parse(hex(kExternalAuthenticate)), SecurityLevel::c_mac));
  ASSERT_TRUE(card.unwrap(CommandApdu::parse(hex(kListPackages)), SecurityLevel::all));
  const auto enc = aes_derive(s16_keys().enc, 0x04, 32, concat({kChallenges.host, kChallenges.card}));
  const auto icv = aes_encrypt_block(enc, hex("80000000000000000000000000000001"));
  const auto wire = ResponseApdu::parse(hex(kPackages));
  const auto plain = unpad_blocks(aes_decrypt(enc, icv, ByteView(wire.data).first(64)), kAesBlockBytes);
  ASSERT_TRUE(plain);
  EXPECT_EQ(card.protect({.data = *plain, .sw = wire.sw}, ResponseProtection::r_encryption_r_mac), wire);
  for (const auto command : {kListApplets, kListDomain}) {
    const auto unwrapped = card.unwrap(CommandApdu::parse(hex(command)), SecurityLevel::all);
    ASSERT_TRUE(unwrapped) << command;
    EXPECT_EQ(to_hex(unwrapped->data), "4F00");
  }
}

// Two valid MACs in the wrong order: the chaining value is part of each.
TEST(Scp03Card, TheChainIsPartOfTheMac) {
  Scp03Card card(s16_keys(), 0x71, kChallenges);
  ASSERT_TRUE(card.unwrap(CommandApdu::parse(hex(kExternalAuthenticate)), SecurityLevel::c_mac));
  EXPECT_FALSE(card.unwrap(CommandApdu::parse(hex(kListApplets)), SecurityLevel::all));
}

TEST(Scp03Card, RefusesWhatIsNoProtectedCommand) {
  Scp03Card card(s16_keys(), 0x70, {.host = Bytes(8), .card = Bytes(8)});
  const auto refused = [&](std::string_view apdu, SecurityLevel level) {
    return !card.unwrap(CommandApdu::parse(hex(apdu)), level);
  };
  EXPECT_TRUE(refused("84F22002", SecurityLevel::c_mac));
  EXPECT_TRUE(refused("84F2200207 01020304050607", SecurityLevel::c_mac));
  EXPECT_TRUE(refused("84F2200209 010203040506070809", SecurityLevel::c_decryption_c_mac));
  EXPECT_TRUE(refused("80F2200208 0102030405060708", SecurityLevel::c_mac)) << "no mark";
}

/// A command whose MAC is right and whose encrypted body is `body`, the first of a session.
CommandApdu with_right_mac(const KeySet& keys, const Challenges& challenges, ByteView body) {
  const auto mac_key =
      aes_derive(keys.mac, 0x06, keys.mac.size(), concat({challenges.host, challenges.card}));
  const Bytes header{0x84, 0xE2, 0x80, 0x00, static_cast<std::uint8_t>(body.size() + 8)};
  const auto mac = aes_cmac(mac_key, concat({Bytes(16, 0x00), header, body}));
  return CommandApdu::parse(concat({header, body, ByteView(mac).first(8)}));
}

TEST(Scp03Card, WrongPaddingAndPartOfABlockAreRefusedBehindARightMac) {
  const Challenges challenges{.host = Bytes(8, 0x01), .card = Bytes(8, 0x02)};
  const auto keys = s16_keys();
  const auto enc = aes_derive(keys.enc, 0x04, 32, concat({challenges.host, challenges.card}));
  const auto icv = aes_encrypt_block(enc, hex("00000000000000000000000000000001"));
  const auto accepted = [&](ByteView body) {
    Scp03Card card(keys, 0x70, challenges);
    return card.unwrap(with_right_mac(keys, challenges, body), SecurityLevel::c_decryption_c_mac).has_value();
  };
  EXPECT_TRUE(accepted(aes_encrypt(enc, icv, hex("11223344 80 0000000000000000000000"))));
  EXPECT_TRUE(accepted(aes_encrypt(enc, icv, hex("80000000000000000000000000000000")))) << "padding alone";
  EXPECT_TRUE(accepted({})) << "no data, no encryption (6.2.6)";
  EXPECT_FALSE(accepted(aes_encrypt(enc, icv, Bytes(16, 0x00))));
  EXPECT_FALSE(accepted(aes_encrypt(enc, icv, Bytes(16, 0x11))));
  EXPECT_FALSE(accepted(Bytes(15, 0x11)));
}

TEST(Scp03Card, ErrorsHaveNoDataAndNoMac) {
  const Scp03Card card(s16_keys(), 0x71, kChallenges);
  const auto length_of = [&](std::uint16_t sw) {
    const ResponseApdu response{.data = hex("0102"), .sw = StatusWord(sw)};
    return card.protect(response, ResponseProtection::r_mac).data.size();
  };
  EXPECT_EQ(length_of(0x9000), 18U);
  EXPECT_EQ(length_of(0x6310), 18U);
  EXPECT_EQ(length_of(0x6283), 18U);
  EXPECT_EQ(length_of(0x6A88), 0U);
  EXPECT_EQ(length_of(0x6982), 0U);
}

// Key, counter and challenge of recording gp-04; the AID is that of its SELECT response.
TEST(Scp03Card, PseudoRandomChallengeOfARealCard) {
  const auto key = make_key(hex("404142434445464748494A4B4C4D4E4F"));
  const KeySet keys{
      .version = 1, .type = KeyType::aes, .enc = key, .mac = key, .dek = key, .sequence_counter = 0x000049};
  const auto aid = *Aid::from_bytes(hex("A000000151000000"));
  EXPECT_EQ(to_hex(Scp03Card::pseudo_random_challenge(keys, 0x70, aid)), "0549E66F9850C660");
  EXPECT_EQ(Scp03Card::pseudo_random_challenge(keys, 0x71, aid).size(), 16U);
}

}  // namespace
}  // namespace gpsh::virtualcard
