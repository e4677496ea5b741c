// SPDX-License-Identifier: Apache-2.0
// SCP02 channels without INITIALIZE UPDATE and EXTERNAL AUTHENTICATE.
#include <gtest/gtest.h>

#include "gp/r_mac_session.h"
#include "gp/scp02.h"
#include "tests/gp/channel_vectors.h"
#include "tests/support/thrown_error.h"

namespace gpsh::gp {
namespace {

using test::thrown_error;

class Scp02Implicit : public testing::Test {
 protected:
  ImplicitStart start(std::uint8_t i) const {
    return {.keys = keys, .sequence_counter = counter, .application = application, .i = i};
  }

  KeySet keys{key_of("404142434445464748494A4B4C4D4E4F"), key_of("404142434445464748494A4B4C4D4E4F"),
              key_of("404142434445464748494A4B4C4D4E4F")};
  Bytes counter = hex("0010");
  Aid application = Aid::from_bytes(hex("A000000151000000")).value();
};

// GPCS 2.3.1 sections E.3.3, E.3.4 and E.4.4, written out.
TEST_F(Scp02Implicit, TheFirstCommandOpensIt) {
  RetailMac mac(Scp02::session_keys(keys, counter).mac);
  const auto from_aid = mac.compute(Bytes(8), hex("A000000151000000 8000000000000000"));
  for (const auto i : std::initializer_list<std::uint8_t>{0x0A, 0x0B, 0x1A, 0x1B, 0x2A, 0x3B}) {
    auto channel = Scp02::implicit(start(i));
    EXPECT_EQ(channel.level(), SecurityLevel(0x01));
    EXPECT_EQ(channel.max_plain_data(255), 247U);
    const auto first = channel.wrap(CommandApdu::parse(hex("80F24000024F0000")));
    const auto first_mac = mac.compute(from_aid, pad80(hex("80F24000024F00"), 8));
    EXPECT_EQ(to_hex(first.encode()), "84F240000A4F00" + to_hex(first_mac) + "00")
        << "the first start is clear";
    const auto second = channel.wrap(CommandApdu::parse(hex("82CA006600")));
    const auto second_start = (i & 0x10) != 0 ? mac.encrypt_start(first_mac) : first_mac;
    const auto second_mac = mac.compute(second_start, pad80(hex("80CA006600"), 8));
    EXPECT_EQ(to_hex(second.encode()), "86CA006608" + to_hex(second_mac) + "00");
  }
}

TEST_F(Scp02Implicit, NothingIsProvenBefore) {
  auto channel = Scp02::implicit(start(0x1A));
  EXPECT_FALSE(channel.card_cryptogram_fits());
  EXPECT_FALSE(channel.challenge_fits(application));
  EXPECT_EQ(thrown_error([&] { return channel.external_authenticate(); }).kind, ErrorKind::internal);
}

// The card has counted on when it decrypts (section E.1.2.2).
TEST_F(Scp02Implicit, SensitiveDataIsChainedUnderTheNextCountersKey) {
  const auto channel = Scp02::implicit(start(0x1A));
  const auto blocks = hex("00112233445566770011223344556677");
  const TripleDes dek(Scp02::session_keys(keys, hex("0011")).dek);
  EXPECT_EQ(channel.encrypt_sensitive(blocks), dek.cbc_encrypt(Bytes(8), blocks));
}

TEST_F(Scp02Implicit, AnRMacSessionStartsFromTheAid) {
  auto channel = Scp02::implicit(start(0x3A));
  RetailMac mac(Scp02::response_mac_key(keys, hex("0011")));
  auto chain = mac.compute(Bytes(8), hex("A000000151000000 8000000000000000"));
  static_cast<void>(channel.wrap(begin_r_mac_session({})));
  static_cast<void>(channel.unwrap({.data = {}, .sw = StatusWord(0x9000)}));
  chain = mac.compute(chain, pad80(hex("807A1001 01 00 00 9000"), 8));
  static_cast<void>(channel.wrap(CommandApdu::parse(hex("80CA006600"))));
  chain = mac.compute(chain, pad80(hex("80CA0066 00 01 AA 9000"), 8));
  EXPECT_EQ(channel.unwrap({.data = concat({hex("AA"), chain}), .sw = StatusWord(0x9000)}).data, hex("AA"));
  EXPECT_EQ(channel.response_proof(), ResponseProof::verified);
}

TEST_F(Scp02Implicit, NeedsTheMacKeyAlone) {
  keys.enc = {};
  keys.dek = {};
  EXPECT_NO_THROW(static_cast<void>(Scp02::implicit(start(0x0B))));
  keys.mac = {};
  EXPECT_EQ(thrown_error([&] { return Scp02::implicit(start(0x0B)); }).message, "SCP02 needs the MAC key");
}

TEST_F(Scp02Implicit, OneBaseKey) {
  keys.dek = key_of("47454D5850524553534F53414D504C45");
  EXPECT_EQ(thrown_error([&] { return Scp02::implicit(start(0x0A)); }).code, "one-base-key");
  EXPECT_NO_THROW(static_cast<void>(Scp02::implicit(start(0x0B))));
}

TEST_F(Scp02Implicit, ExplicitOptionsAreRefused) {
  for (const auto i : std::initializer_list<std::uint8_t>{0x05, 0x15, 0x0E, 0x4A, 0x08}) {
    EXPECT_EQ(thrown_error([&] { return Scp02::implicit(start(i)); }).code, "channel-option");
  }
}

TEST_F(Scp02Implicit, TheCounterHasAnEnd) {
  counter = hex("FFFE");
  EXPECT_NO_THROW(static_cast<void>(Scp02::implicit(start(0x1A))));
  counter = hex("FFFF");
  const auto error = thrown_error([&] { return Scp02::implicit(start(0x1A)); });
  EXPECT_EQ(error.code, "counter-exhausted");
  EXPECT_EQ(error.kind, ErrorKind::security);
}

TEST_F(Scp02Implicit, ACounterHasTwoBytes) {
  for (const auto* bytes : {"", "00", "000001"}) {
    counter = hex(bytes);
    EXPECT_EQ(thrown_error([&] { return Scp02::implicit(start(0x1A)); }).kind, ErrorKind::card);
  }
}

}  // namespace
}  // namespace gpsh::gp
