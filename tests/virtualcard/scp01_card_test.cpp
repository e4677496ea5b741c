// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/scp01_card.h"

#include <gtest/gtest.h>

#include "virtualcard/crypto.h"

namespace gpsh::virtualcard {
namespace {

KeySet test_keys() {
  const auto key = make_key(hex("404142434445464748494A4B4C4D4E4F"));
  return {.version = 0xFF, .enc = key, .mac = key, .dek = key};
}

// Numbers of recording vec-kaoh-scp01-get-status-mac-enc (i = 05, level 3).
const Challenges kChallenges{.host = hex("C504EDBB64DD5829"), .card = hex("691FF128720F01AE")};
constexpr std::string_view kExternalAuthenticate = "8482030010D3C21BB2478977BDA01145D1C12BEDC5";
constexpr std::string_view kGetStatus = "84F2100210EF482121446322C0CD9A3CC2C8E89D8400";

TEST(Scp01Card, Cryptograms) {
  const Scp01Card card(test_keys(), 0x05, kChallenges);
  EXPECT_EQ(to_hex(card.card_cryptogram()), "B82C85804AB77640");
  EXPECT_EQ(to_hex(card.host_cryptogram()), "D3C21BB2478977BD");
}

TEST(Scp01Card, DecryptsBeforeItVerifies) {
  Scp01Card card(test_keys(), 0x05, kChallenges);
  ASSERT_TRUE(card.unwrap(CommandApdu::parse(hex(kExternalAuthenticate)), SecurityLevel::c_mac));
  const auto unwrapped = card.unwrap(CommandApdu::parse(hex(kGetStatus)), SecurityLevel::c_decryption_c_mac);
  ASSERT_TRUE(unwrapped);
  EXPECT_EQ(to_hex(unwrapped->data), "4F00");
}

// With i = 15 the ICV is encrypted, but not the first of a session (GPCS 2.3.1 D.1.5).
TEST(Scp01Card, IcvEncryptionBeginsWithTheSecondCommand) {
  Scp01Card card(test_keys(), 0x15, kChallenges);
  EXPECT_TRUE(card.unwrap(CommandApdu::parse(hex(kExternalAuthenticate)), SecurityLevel::c_mac));
  EXPECT_FALSE(card.unwrap(CommandApdu::parse(hex(kGetStatus)), SecurityLevel::c_decryption_c_mac));
}

/// STORE DATA at level 3, the first of a session, with these bytes under the encryption and the MAC of
/// `data`.
CommandApdu encrypted(ByteView padded, ByteView data) {
  const auto derivation = concat({ByteView(kChallenges.card).last(4), ByteView(kChallenges.host).first(4),
                                  ByteView(kChallenges.card).first(4), ByteView(kChallenges.host).last(4)});
  const auto session = triple_des_encrypt_ecb(test_keys().enc, derivation);  // all three keys are the same
  const Bytes lc{static_cast<std::uint8_t>(data.size() + 8)};
  CommandApdu command{.cla = 0x84, .ins = 0xE2, .p1 = 0x80};
  const auto mac = full_triple_des_mac(session, concat({command.header(), lc, data}));
  const auto body = triple_des_encrypt(session, padded);
  command.data = concat({body, mac});
  return command;
}

TEST(Scp01Card, TheLengthTellsDataFromPadding) {
  const auto data_of = [](std::string_view padded, std::string_view data) -> std::string {
    Scp01Card card(test_keys(), 0x05, kChallenges);
    const auto unwrapped = card.unwrap(encrypted(hex(padded), hex(data)), SecurityLevel::c_decryption_c_mac);
    return unwrapped ? to_hex(unwrapped->data) : "refused";
  };
  EXPECT_EQ(data_of("07 01020304050607", "01020304050607"), "01020304050607") << "a full block, no padding";
  EXPECT_EQ(data_of("02 0102 8000000000", "0102"), "0102");
  EXPECT_EQ(data_of("06 010203040506 80", "010203040506"), "010203040506");
  EXPECT_EQ(data_of("02 0102 8000000001", "0102"), "refused");
  EXPECT_EQ(data_of("02 0102 0000000000", "0102"), "refused");
  EXPECT_EQ(data_of("08 01020304050607", "01020304050607"), "refused") << "longer than what is there";
  EXPECT_EQ(data_of("07 01020304050607 8000000000000000", "01020304050607"), "refused") << "a block too many";
}

TEST(Scp01Card, RefusesWhatIsNoProtectedCommand) {
  Scp01Card card(test_keys(), 0x05, kChallenges);
  const auto refused = [&](std::string_view apdu, SecurityLevel level) {
    return !card.unwrap(CommandApdu::parse(hex(apdu)), level);
  };
  EXPECT_TRUE(refused("84F22002", SecurityLevel::c_mac));
  EXPECT_TRUE(refused("84F2200207 01020304050607", SecurityLevel::c_mac));
  EXPECT_TRUE(refused("8082030010D3C21BB2478977BDA01145D1C12BEDC5", SecurityLevel::c_mac)) << "no mark";
  EXPECT_TRUE(refused("84F2200209 010203040506070809", SecurityLevel::c_decryption_c_mac));
}

}  // namespace
}  // namespace gpsh::virtualcard
