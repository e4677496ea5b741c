// SPDX-License-Identifier: Apache-2.0
#include "gp/scp01.h"

#include <gtest/gtest.h>

#include "tests/gp/channel_vectors.h"
#include "tests/support/thrown_error.h"

namespace gpsh::gp {
namespace {

using test::thrown_error;
using test::VectorBlock;

class Scp01Vectors : public testing::TestWithParam<VectorBlock> {
 protected:
  VectorSession session_{GetParam()};
};

TEST_P(Scp01Vectors, CardCryptogramFits) {
  EXPECT_TRUE(Scp01(session_.start()).card_cryptogram_fits());
}

TEST_P(Scp01Vectors, EveryTamperedBitOfTheCryptogramIsSeen) {
  for (std::size_t bit = 0; bit < 64; ++bit) {
    VectorSession tampered(GetParam());
    tampered.answer.card_cryptogram.at(bit / 8) ^= static_cast<std::uint8_t>(1U << bit % 8);
    EXPECT_FALSE(Scp01(tampered.start()).card_cryptogram_fits()) << "bit " << bit;
  }
}

TEST_P(Scp01Vectors, ExternalAuthenticate) {
  EXPECT_EQ(to_hex(Scp01(session_.start()).external_authenticate().encode()),
            GetParam().text("external_authenticate"));
}

TEST_P(Scp01Vectors, Commands) {
  auto channel = opened<Scp01>(session_.start());
  run_exchanges(channel, GetParam());
}

INSTANTIATE_TEST_SUITE_P(File, Scp01Vectors, testing::ValuesIn(test::read_vectors("tests/data/scp01.vec")),
                         block_name);

VectorBlock first_block() {
  return test::read_vectors("tests/data/scp01.vec").at(0);
}

TEST(Scp01, SpeaksTwoOptionsAndThreeLevels) {
  const VectorSession session(first_block());
  for (int i = 0; i < 256; ++i) {
    EXPECT_EQ(Scp01::speaks(static_cast<std::uint8_t>(i)), i == 0x05 || i == 0x15);
  }
  for (int level = 0; level < 256; ++level) {
    const bool good = level == 0 || level == 1 || level == 3;
    EXPECT_EQ(Scp01::speaks(0x15, SecurityLevel(static_cast<std::uint8_t>(level))), good);
  }
  EXPECT_EQ(thrown_error([&] { return Scp01(session.start(0x55, 1)); }).code, "channel-option");
  const auto error = thrown_error([&] { return Scp01(session.start(0x05, 0x11)); });
  EXPECT_EQ(error.kind, ErrorKind::usage);
  EXPECT_EQ(error.message, "SCP01 has no security level 11 (C-MAC + R-MAC)");
}

TEST(Scp01, NeedsEncAndMac) {
  VectorSession session(first_block());
  session.keys.enc = {};
  const auto error = thrown_error([&] { return Scp01(session.start()); });
  EXPECT_EQ(error.code, "key-missing");
  EXPECT_EQ(error.message, "SCP01 needs the ENC key");
}

TEST(Scp01, RefusesAnswersOfAnotherLength) {
  VectorSession session(first_block());
  session.answer = InitializeUpdateResponse::parse(Bytes(32));
  EXPECT_EQ(thrown_error([&] { return Scp01(session.start()); }).code, "bad-response");
  VectorSession short_challenge(first_block());
  short_challenge.host_challenge.pop_back();
  EXPECT_EQ(thrown_error([&] { return Scp01(short_challenge.start()); }).code, "bad-response");
}

// GPCS 2.1.1 section D.1.5, computed here from its parts.
TEST(Scp01, EncryptsTheStartWithTripleDesWhereBit10IsSet) {
  const VectorSession session(first_block());
  const auto keys = Scp01::session_keys(session.keys, session.host_challenge, session.answer.card_challenge);
  Scp01 channel(session.start(0x15, 0x01));
  const auto authenticate = channel.external_authenticate();
  const TripleDes mac(keys.mac);
  const auto start = mac.ecb_encrypt(ByteView(authenticate.data).last(8));
  const auto input = pad80(hex("84F220020A4F00"), 8);
  const auto expected = to_bytes(ByteView(mac.cbc_encrypt(start, input)).last(8));
  const auto wrapped = channel.wrap(CommandApdu::parse(hex("80F22002024F00")));
  EXPECT_EQ(wrapped.data, concat({hex("4F00"), expected}));
  Scp01 plain_start(session.start(0x05, 0x01));
  static_cast<void>(plain_start.external_authenticate());
  EXPECT_NE(plain_start.wrap(CommandApdu::parse(hex("80F22002024F00"))), wrapped);
}

TEST(Scp01, EncryptionTakesALengthByteAndOnlyNeededPadding) {
  const VectorSession session(first_block());
  const TripleDes enc(
      Scp01::session_keys(session.keys, session.host_challenge, session.answer.card_challenge).enc);
  for (const auto& [bytes, blocks] : {std::pair(1U, 1U), {7U, 1U}, {8U, 2U}, {15U, 2U}, {239U, 30U}}) {
    auto channel = opened<Scp01>(session.start(0x05, 0x03));
    const auto wrapped = channel.wrap(command_with(bytes));
    ASSERT_EQ(wrapped.data.size(), blocks * 8 + 8);
    const auto decrypted = enc.cbc_decrypt(Bytes(8), ByteView(wrapped.data).first(std::size_t{blocks} * 8));
    EXPECT_EQ(decrypted.at(0), bytes);
    EXPECT_EQ(to_bytes(ByteView(decrypted).subspan(1, bytes)), command_with(bytes).data);
    const auto rest = ByteView(decrypted).subspan(1 + bytes);
    EXPECT_TRUE(rest.empty() || without_pad80(rest).has_value());
  }
}

TEST(Scp01, EmptyDataIsNotEncrypted) {
  const VectorSession session(first_block());
  for (const auto wire : {Wire::gpsh, Wire::gpshell}) {
    auto channel = opened<Scp01>(session.start(0x05, 0x03, wire));
    EXPECT_EQ(channel.wrap(command_with(0)).data.size(), 8U);
  }
}

TEST(Scp01, MostPlainData) {
  const VectorSession session(first_block());
  for (const auto& [level, most] : {std::pair(0x00, 255U), {0x01, 247U}, {0x03, 239U}}) {
    auto channel = opened<Scp01>(session.start(0x05, static_cast<std::uint8_t>(level)));
    EXPECT_EQ(channel.max_plain_data(255), most);
    EXPECT_LE(channel.wrap(command_with(most)).data.size(), 255U);
    if (level == 0x00) continue;
    auto calm = opened<Scp01>(session.start(0x05, static_cast<std::uint8_t>(level)));
    static_cast<void>(calm.wrap(command_with(most)));
    const auto error = thrown_error([&, size = most + 1] { return channel.wrap(command_with(size)); });
    EXPECT_EQ(error.code, "too-long-for-channel");
    EXPECT_EQ(channel.wrap(command_with(3)), calm.wrap(command_with(3))) << "the chain stays";
  }
}

TEST(Scp01, OrderMatters) {
  const VectorSession session(first_block());
  auto one = opened<Scp01>(session.start(0x15, 0x01));
  auto other = opened<Scp01>(session.start(0x15, 0x01));
  const auto first = one.wrap(command_with(1));
  const auto second = one.wrap(command_with(2));
  EXPECT_NE(other.wrap(command_with(2)), second);
  EXPECT_NE(other.wrap(command_with(1)), first);
}

TEST(Scp01, LogicalChannelIsSentButNotMaced) {
  const VectorSession session(first_block());
  auto basic = opened<Scp01>(session.start(0x15, 0x01));
  auto other = opened<Scp01>(session.start(0x15, 0x01));
  const auto on_basic = basic.wrap({.cla = 0x80, .ins = 0xF2});
  const auto on_other = other.wrap({.cla = 0x81, .ins = 0xF2});
  EXPECT_EQ(on_other.cla, 0x85);
  EXPECT_EQ(on_basic.data, on_other.data);
}

TEST(Scp01, SensitiveDataGoesUnderTheStaticDek) {
  VectorSession session(first_block());
  session.keys.dek = key_of("47454D5850524553534F53414D504C45");
  const auto blocks = hex("00112233445566778899AABBCCDDEEFF");
  EXPECT_EQ(Scp01(session.start()).encrypt_sensitive(blocks),
            TripleDes(session.keys.dek).ecb_encrypt(blocks));
  session.keys.dek = {};
  EXPECT_EQ(thrown_error([&] { return Scp01(session.start()).encrypt_sensitive(blocks); }).code,
            "key-missing");
}

TEST(Scp01, ResponsesAndChallengeProveNothing) {
  const VectorSession session(first_block());
  auto channel = opened<Scp01>(session.start());
  const ResponseApdu response{.data = hex("0102"), .sw = StatusWord(0x9000)};
  EXPECT_EQ(channel.unwrap(response), response);
  EXPECT_EQ(channel.response_proof(), ResponseProof::not_asked);
  EXPECT_FALSE(channel.challenge_fits(Aid::from_bytes(hex("A000000151000000")).value()));
}

}  // namespace
}  // namespace gpsh::gp
