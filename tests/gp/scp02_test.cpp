// SPDX-License-Identifier: Apache-2.0
#include "gp/scp02.h"

#include <gtest/gtest.h>

#include "tests/gp/channel_vectors.h"
#include "tests/support/thrown_error.h"
#include "tests/support/vector_file.h"

namespace gpsh::gp {
namespace {

using test::thrown_error;
using test::VectorBlock;

class Scp02Vectors : public testing::TestWithParam<VectorBlock> {
 protected:
  const VectorBlock& block() const { return GetParam(); }
  Scp02 protocol() const {
    const auto wire = block().text("wire") == "gpshell" ? Wire::gpshell : Wire::gpsh;
    return Scp02(session_.start(block().bytes("i").at(0), block().bytes("level").at(0), wire));
  }
  VectorSession session_{GetParam()};
};

TEST_P(Scp02Vectors, SessionKeys) {
  const auto counter = ByteView(session_.answer.card_challenge).first(2);
  const auto derived = Scp02::session_keys(session_.keys, counter);
  if (block().has("session_enc")) {
    EXPECT_TRUE(derived.enc == key_of(block().text("session_enc")));
    EXPECT_TRUE(derived.mac == key_of(block().text("session_mac")));
  }
  if (block().has("session_dek")) {
    EXPECT_TRUE(derived.dek == key_of(block().text("session_dek")));
    EXPECT_TRUE(protocol().data_encryption_key() == key_of(block().text("session_dek")));
  }
  if (block().has("derivation_enc")) {
    EXPECT_TRUE(TripleDes(session_.keys.enc).derive_key(block().bytes("derivation_enc")) == derived.enc);
  }
}

TEST_P(Scp02Vectors, CardCryptogramFits) {
  EXPECT_TRUE(protocol().card_cryptogram_fits());
}

TEST_P(Scp02Vectors, EveryTamperedBitOfTheCryptogramIsSeen) {
  const auto level = block().bytes("level").at(0);
  for (std::size_t bit = 0; bit < 64; ++bit) {
    VectorSession tampered(block());
    tampered.answer.card_cryptogram.at(bit / 8) ^= static_cast<std::uint8_t>(1U << bit % 8);
    EXPECT_FALSE(Scp02(tampered.start(0x15, level)).card_cryptogram_fits()) << "bit " << bit;
  }
}

TEST_P(Scp02Vectors, ExternalAuthenticate) {
  EXPECT_EQ(to_hex(protocol().external_authenticate().encode()), block().text("external_authenticate"));
}

TEST_P(Scp02Vectors, Commands) {
  auto channel = protocol();
  static_cast<void>(channel.external_authenticate());
  run_exchanges(channel, block());
}

INSTANTIATE_TEST_SUITE_P(File, Scp02Vectors, testing::ValuesIn(test::read_vectors("tests/data/scp02.vec")),
                         block_name);

VectorBlock seed() {
  return test::read_vectors("tests/data/scp02.vec").at(0);
}

TEST(Scp02, CryptogramInputsAndResults) {
  const auto block = seed();
  const VectorSession session(block);
  const auto challenge = session.answer.card_challenge;
  const auto card_input = pad80(concat({session.host_challenge, challenge}), 8);
  const auto host_input = pad80(concat({challenge, session.host_challenge}), 8);
  EXPECT_EQ(card_input, block.bytes("card_cryptogram_input"));
  EXPECT_EQ(host_input, block.bytes("host_cryptogram_input"));
  const TripleDes enc(key_of(block.text("session_enc")));
  EXPECT_EQ(enc.cbc_encrypt(Bytes(8), card_input), block.bytes("card_cryptogram_cbc"));
  EXPECT_EQ(enc.cbc_encrypt(Bytes(8), host_input), block.bytes("host_cryptogram_cbc"));
}

TEST(Scp02, SpeaksTwentyFourOptions) {
  int options = 0;
  for (int i = 0; i < 256; ++i) {
    const bool is_explicit = (i & ~0x71) == 0x04;
    const bool is_implicit = (i & ~0x31) == 0x0A;
    EXPECT_EQ(Scp02::speaks(static_cast<std::uint8_t>(i)), is_explicit || is_implicit) << i;
    if (Scp02::speaks(static_cast<std::uint8_t>(i))) ++options;
  }
  EXPECT_EQ(options, 24);
}

TEST(Scp02, LevelsThatAnOptionCovers) {
  for (int level = 0; level < 256; ++level) {
    const SecurityLevel asked(static_cast<std::uint8_t>(level));
    const bool without = level == 0x00 || level == 0x01 || level == 0x03;
    const bool with = level == 0x10 || level == 0x11 || level == 0x13;
    EXPECT_EQ(Scp02::speaks(0x15, asked), without) << level;
    EXPECT_EQ(Scp02::speaks(0x75, asked), without || with) << level;
    EXPECT_EQ(Scp02::speaks(0x3A, asked), level == 0x01) << level;
    EXPECT_EQ(Scp02::speaks(asked), without || with) << level;
  }
}

TEST(Scp02, RefusesWhatItDoesNotSpeak) {
  const VectorSession session(seed());
  for (const auto i : std::initializer_list<std::uint8_t>{0x00, 0x0C, 0x1A, 0x17, 0x95}) {
    const auto error = thrown_error([&] { return Scp02(session.start(i, 1)); });
    EXPECT_EQ(error.code, "channel-option");
    EXPECT_EQ(error.kind, ErrorKind::usage);
  }
  const auto error = thrown_error([&] { return Scp02(session.start(0x15, 0x11)); });
  EXPECT_EQ(error.code, "channel-option");
  EXPECT_EQ(error.message, "SCP02 with i=15 has no security level 11 (C-MAC + R-MAC)");
}

TEST(Scp02, OneBaseKeyServesAsAllThree) {
  VectorSession session(seed());
  const VectorSession three(seed());
  session.keys.mac = {};
  session.keys.dek = {};
  Scp02 channel(session.start(0x14, 0x03));
  EXPECT_TRUE(channel.card_cryptogram_fits());
  EXPECT_EQ(channel.external_authenticate(), Scp02(three.start(0x15, 0x03)).external_authenticate());
  EXPECT_TRUE(channel.data_encryption_key() == Scp02(three.start(0x15, 0x03)).data_encryption_key());
  session.keys.mac = key_of("47454D5850524553534F53414D504C45");
  EXPECT_EQ(thrown_error([&] { return Scp02(session.start(0x14, 0x03)); }).code, "one-base-key");
}

// Quirk Q3: without bit 10 the last C-MAC starts the next as it is.
TEST(Scp02, TheStartIsEncryptedOnlyWithBit10) {
  const VectorSession session(seed());
  RetailMac mac(Scp02::session_keys(session.keys, hex("0002")).mac);
  for (const auto i : std::initializer_list<std::uint8_t>{0x05, 0x45, 0x15, 0x55}) {
    Scp02 channel(session.start(i, 0x01));
    const auto last = to_bytes(ByteView(channel.external_authenticate().data).last(8));
    const auto start = (i & 0x10) != 0 ? mac.encrypt_start(last) : last;
    EXPECT_EQ(channel.wrap({.cla = 0x80, .ins = 0xF2}).data, mac.compute(start, pad80(hex("84F2000008"), 8)));
  }
}

TEST(Scp02, NeedsEncAndMacButNotTheDek) {
  VectorSession session(seed());
  session.keys.dek = Secret();
  EXPECT_TRUE(Scp02(session.start(0x15, 1)).data_encryption_key().empty());
  session.keys.mac = Secret();
  const auto missing = thrown_error([&] { return Scp02(session.start(0x15, 1)); });
  EXPECT_EQ(missing.code, "key-missing");
  EXPECT_EQ(missing.message, "SCP02 needs the MAC key");
  session.keys.mac = Secret::from_bytes(Bytes(24));
  EXPECT_EQ(thrown_error([&] { return Scp02(session.start(0x15, 1)); }).code, "key-length");
}

TEST(Scp02, RefusesAnAnswerOfAnotherProtocol) {
  VectorSession session(seed());
  session.answer = InitializeUpdateResponse::parse(Bytes(29));
  EXPECT_EQ(thrown_error([&] { return Scp02(session.start(0x15, 1)); }).code, "bad-response");
}

TEST(Scp02, LevelZeroLeavesCommandsAsTheyAre) {
  const VectorSession session(seed());
  Scp02 channel(session.start(0x15, 0x00));
  EXPECT_EQ(channel.external_authenticate().p1, 0x00);
  EXPECT_EQ(channel.wrap(command_with(255)), command_with(255));
  EXPECT_EQ(channel.max_plain_data(255), 255U);
}

TEST(Scp02, MostPlainData) {
  const VectorSession session(seed());
  for (const auto& [level, most] : {std::pair(0x01, 247U), std::pair(0x03, 239U)}) {
    Scp02 channel(session.start(0x15, static_cast<std::uint8_t>(level)));
    static_cast<void>(channel.external_authenticate());
    EXPECT_EQ(channel.max_plain_data(255), most);
    EXPECT_LE(channel.wrap(command_with(most)).data.size(), 255U);
    const auto error = thrown_error([&, size = most + 1] { return channel.wrap(command_with(size)); });
    EXPECT_EQ(error.code, "too-long-for-channel");
    EXPECT_EQ(error.kind, ErrorKind::usage);
  }
}

TEST(Scp02, MostPlainDataUnderASmallerLimit) {
  const VectorSession session(seed());
  const Scp02 mac(session.start(0x15, 0x01));
  const Scp02 encrypting(session.start(0x15, 0x03));
  EXPECT_EQ(mac.max_plain_data(100), 92U);
  EXPECT_EQ(encrypting.max_plain_data(100), 87U);
  EXPECT_EQ(encrypting.max_plain_data(8), 0U);
  EXPECT_EQ(mac.max_plain_data(4), 0U);
}

TEST(Scp02, RefusedDataDoesNotMoveTheChain) {
  const VectorSession session(seed());
  Scp02 disturbed(session.start(0x15, 0x01));
  Scp02 calm(session.start(0x15, 0x01));
  static_cast<void>(disturbed.external_authenticate());
  static_cast<void>(calm.external_authenticate());
  EXPECT_THROW(static_cast<void>(disturbed.wrap(command_with(255))), Error);
  EXPECT_EQ(disturbed.wrap(command_with(10)), calm.wrap(command_with(10)));
}

TEST(Scp02, TheSameCommandNeverHasTheSameMacTwice) {
  const VectorSession session(seed());
  Scp02 channel(session.start(0x15, 0x01));
  static_cast<void>(channel.external_authenticate());
  EXPECT_NE(channel.wrap(command_with(10)), channel.wrap(command_with(10)));
}

TEST(Scp02, EmptyDataIsEncryptedOnlyOnGpshellsWire) {
  const VectorSession session(seed());
  const CommandApdu get_data{.cla = 0x80, .ins = 0xCA, .p2 = 0x66, .le = 256};
  Scp02 ours(session.start(0x15, 0x03, Wire::gpsh));
  Scp02 theirs(session.start(0x15, 0x03, Wire::gpshell));
  static_cast<void>(ours.external_authenticate());
  static_cast<void>(theirs.external_authenticate());
  const auto short_form = ours.wrap(get_data);
  const auto long_form = theirs.wrap(get_data);
  EXPECT_EQ(short_form.data.size(), 8U);
  ASSERT_EQ(long_form.data.size(), 16U);
  // The C-MAC is made before the encryption, so it is the same; before it stand 80 00.. under the session
  // key.
  EXPECT_EQ(to_bytes(ByteView(long_form.data).last(8)), short_form.data);
  const auto session_enc = Scp02::session_keys(session.keys, hex("0002")).enc;
  EXPECT_EQ(TripleDes(session_enc).cbc_decrypt(Bytes(8), ByteView(long_form.data).first(8)),
            hex("8000000000000000"));
}

TEST(Scp02, EmptyDataMayBeAskedFor) {
  const VectorSession session(seed());
  auto start = session.start(0x15, 0x03);
  start.empty_data = EmptyData::encrypted;
  EXPECT_EQ(opened<Scp02>(start).wrap(command_with(0)).data.size(), 16U);
  start.wire = Wire::gpshell;
  start.empty_data = EmptyData::clear;
  EXPECT_EQ(opened<Scp02>(start).wrap(command_with(0)).data.size(), 8U);
}

TEST(Scp02, SensitiveDataGoesUnderTheSessionDek) {
  VectorSession session(seed());
  const auto blocks = hex("00112233445566770011223344556677");
  Scp02 channel(session.start(0x15, 0x01));
  EXPECT_EQ(channel.encrypt_sensitive(blocks), TripleDes(channel.data_encryption_key()).ecb_encrypt(blocks));
  session.keys.dek = {};
  const auto error = thrown_error([&] { return Scp02(session.start(0x15, 1)).encrypt_sensitive(blocks); });
  EXPECT_EQ(error.code, "key-missing");
}

TEST(Scp02, LogicalChannelIsSentButNotMaced) {
  const VectorSession session(seed());
  Scp02 first(session.start(0x15, 0x01));
  Scp02 second(session.start(0x15, 0x01));
  static_cast<void>(first.external_authenticate());
  static_cast<void>(second.external_authenticate());
  const auto basic = first.wrap({.cla = 0x80, .ins = 0xF2});
  const auto other = second.wrap({.cla = 0x82, .ins = 0xF2});
  EXPECT_EQ(basic.cla, 0x84);
  EXPECT_EQ(other.cla, 0x86);
  EXPECT_EQ(basic.data, other.data);
}

// AID and challenge of a card that announces i=55: recording gpshell-01.
TEST(Scp02, PseudoRandomChallenge) {
  VectorSession session(seed());
  session.host_challenge = hex("1443E205269A2AB5");
  session.answer =
      InitializeUpdateResponse::parse(hex("00002345558083204839 0102 00013C2B9786B83B 4A40328149BB6F3F"));
  Scp02 channel(session.start(0x55, 0x03));
  ASSERT_TRUE(channel.card_cryptogram_fits());
  EXPECT_TRUE(channel.challenge_fits(Aid::from_bytes(hex("A000000151000000")).value()));
  EXPECT_FALSE(channel.challenge_fits(Aid::from_bytes(hex("A0000001510000")).value()));
  session.keys.mac = key_of("404142434445464748494A4B4C4D4E40");
  Scp02 wrong_mac(session.start(0x55, 0x03));
  EXPECT_TRUE(wrong_mac.card_cryptogram_fits()) << "the cryptogram proves ENC alone";
  EXPECT_FALSE(wrong_mac.challenge_fits(Aid::from_bytes(hex("A000000151000000")).value()));
}

}  // namespace
}  // namespace gpsh::gp
