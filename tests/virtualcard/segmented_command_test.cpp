// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/segmented_command.h"

#include <gtest/gtest.h>

#include "tests/virtualcard/key_host.h"

namespace gpsh::virtualcard {
namespace {

using test::KeyHost;

/// A protected command, cut after `first` bytes of its data.
std::pair<Bytes, Bytes> cut(ByteView whole, std::size_t first) {
  auto command = CommandApdu::parse(whole);
  auto before = command;
  before.p1 |= 0x80;
  before.data.resize(first);
  command.data.erase(command.data.begin(), command.data.begin() + static_cast<std::ptrdiff_t>(first));
  return {before.encode(), command.encode()};
}

class SegmentedCommand : public testing::TestWithParam<const char*> {};

TEST_P(SegmentedCommand, OneMacOverTheWhole) {
  for (const auto level : hex("0103")) {
    KeyHost host(GetParam());
    host.begin(level);
    const bool aes = host.options().key_type() == KeyType::aes;
    const auto data = "30" + host.field(aes ? kAesKey : kDesKey, "101112131415161718191A1B1C1D1E1F");
    const auto [first, last] = cut(host.wrap("80D80001" + KeyHost::lc(data) + data + "00"), 11);
    EXPECT_EQ(host.send_bytes(first), "9000");
    EXPECT_TRUE(host.send_bytes(last).ends_with("9000"));
    EXPECT_NE(host.state().issuer_security_domain.domain.find_service_key(0x30, 0x01), nullptr);
    EXPECT_TRUE(host.send_wrapped("80F28002024F0000").ends_with("9000")) << "the session goes on";
  }
}

INSTANTIATE_TEST_SUITE_P(Protocols, SegmentedCommand,
                         testing::Values("generic-scp01", "generic-scp02", "scp02-i55", "scp03-i70",
                                         "scp03-s16"));

TEST(SegmentedCommandFaults, AWrongMacAtTheEndAbortsTheSession) {
  KeyHost host("generic-scp02");
  host.begin();
  const auto data = "30" + host.field(kDesKey, "101112131415161718191A1B1C1D1E1F");
  auto [first, last] = cut(host.wrap("80D80001" + KeyHost::lc(data) + data), 11);
  last.back() ^= 0x01;
  EXPECT_EQ(host.send_bytes(first), "9000");
  EXPECT_EQ(host.send_bytes(last), "6982");
  EXPECT_EQ(host.send_wrapped("80F28002024F0000"), "6982");
  EXPECT_EQ(host.state().issuer_security_domain.domain.find_service_key(0x30, 0x01), nullptr);
}

TEST(SegmentedCommandFaults, AnotherHeaderEndsTheChainNotTheSession) {
  KeyHost host("generic-scp02");
  host.begin();
  const auto segment = hex("84D8800104");
  EXPECT_EQ(host.send_bytes(concat({segment, hex("01020304")})), "9000");
  EXPECT_EQ(host.send("84D880020401020304"), "6985");
  EXPECT_TRUE(host.send_wrapped("80F28002024F0000").ends_with("9000"));
}

// The C-MAC covers a length of three bytes when there are more than 255 (GPCS 2.3.1 section 11.1.5.1). SCP02
// with i = 15: the ICV is the MAC before, encrypted.
TEST(SegmentedCommandLength, MoreThan255BytesAreCountedInThree) {
  KeyHost host("generic-scp02");
  const auto& keys = host.state().default_key_set();
  Bytes derivation{0x01, 0x01, 0x00, 0x00};
  derivation.resize(16);
  const auto mac_key = triple_des_encrypt(keys.mac, derivation);
  host.begin();
  const auto before = CommandApdu::parse(host.wrap("80CA00C100"));
  EXPECT_EQ(host.send_bytes(before.encode()), "C10200019000");

  const auto modulus = to_hex(Bytes(256, 0xC5));
  const auto data = hex("70A1820100" + modulus + "A00301000100");
  const auto length = data.size() + 8;
  const Bytes header{0x84,
                     0xD8,
                     0x00,
                     0x01,
                     0x00,
                     static_cast<std::uint8_t>(length >> 8),
                     static_cast<std::uint8_t>(length)};
  const auto icv = encrypt_icv(mac_key, ByteView(before.data).last(8));
  const auto mac = single_des_mac(mac_key, icv, concat({header, data}));
  const auto whole = concat({data, mac});
  const auto first = concat({hex("84D88001C8"), ByteView(whole).first(200)});
  const auto rest = ByteView(whole).subspan(200);
  const auto last = concat({hex("84D80001"), Bytes{static_cast<std::uint8_t>(rest.size())}, rest});
  EXPECT_EQ(host.send_bytes(first), "9000");
  EXPECT_EQ(host.send_bytes(last), "709000");
}

}  // namespace
}  // namespace gpsh::virtualcard
