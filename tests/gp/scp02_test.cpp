// SPDX-License-Identifier: Apache-2.0
#include "gp/scp02.h"

#include <gtest/gtest.h>

#include "tests/support/test_data.h"
#include "tests/support/thrown_error.h"
#include "tests/support/vector_file.h"

namespace gpsh::gp {
namespace {

using test::thrown_error;
using test::VectorBlock;

Secret key(std::string_view text) {
  return Secret::from_hex(text).value();
}

/// Owns what a ProtocolStart refers to.
struct Session {
  KeySet keys;
  InitializeUpdateResponse answer;
  Bytes host_challenge;

  explicit Session(const VectorBlock& block)
      : keys{key(block.text("enc")), key(block.text("mac")), key(block.text("dek"))},
        answer(InitializeUpdateResponse::parse(block.bytes("answer"))),
        host_challenge(block.bytes("host_challenge")) {}

  [[nodiscard]] ProtocolStart start(std::uint8_t i, std::uint8_t level, Wire wire = Wire::gpsh) const {
    return {.keys = keys,
            .answer = answer,
            .host_challenge = host_challenge,
            .i = i,
            .level = SecurityLevel(level),
            .wire = wire};
  }
};

class Scp02Vectors : public testing::TestWithParam<VectorBlock> {
 protected:
  const VectorBlock& block() const { return GetParam(); }
  Scp02 protocol() const {
    const auto wire = block().text("wire") == "gpshell" ? Wire::gpshell : Wire::gpsh;
    return Scp02(session_.start(block().bytes("i").at(0), block().bytes("level").at(0), wire));
  }
  Session session_{GetParam()};
};

TEST_P(Scp02Vectors, SessionKeys) {
  const auto counter = ByteView(session_.answer.card_challenge).first(2);
  const auto derived = Scp02::session_keys(session_.keys, counter);
  if (block().has("session_enc")) {
    EXPECT_TRUE(derived.enc == key(block().text("session_enc")));
    EXPECT_TRUE(derived.mac == key(block().text("session_mac")));
  }
  if (block().has("session_dek")) {
    EXPECT_TRUE(derived.dek == key(block().text("session_dek")));
    EXPECT_TRUE(protocol().data_encryption_key() == key(block().text("session_dek")));
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
    Session tampered(block());
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
  for (const auto& line : block().all("command")) {
    const auto arrow = line.find(" -> ");
    ASSERT_NE(arrow, std::string::npos) << line;
    const auto plain = CommandApdu::parse(hex(line.substr(0, arrow)));
    EXPECT_EQ(to_hex(channel.wrap(plain).encode()), line.substr(arrow + 4));
  }
}

std::string vector_name(const testing::TestParamInfo<VectorBlock>& info) {
  std::string name;
  for (const char c : info.param.name) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) name += c;
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(File, Scp02Vectors, testing::ValuesIn(test::read_vectors("tests/data/scp02.vec")),
                         vector_name);

VectorBlock seed() {
  return test::read_vectors("tests/data/scp02.vec").at(0);
}

TEST(Scp02, CryptogramInputsAndResults) {
  const auto block = seed();
  const Session session(block);
  const auto challenge = session.answer.card_challenge;
  const auto card_input = pad80(concat({session.host_challenge, challenge}), 8);
  const auto host_input = pad80(concat({challenge, session.host_challenge}), 8);
  EXPECT_EQ(card_input, block.bytes("card_cryptogram_input"));
  EXPECT_EQ(host_input, block.bytes("host_cryptogram_input"));
  const TripleDes enc(key(block.text("session_enc")));
  EXPECT_EQ(enc.cbc_encrypt(Bytes(8), card_input), block.bytes("card_cryptogram_cbc"));
  EXPECT_EQ(enc.cbc_encrypt(Bytes(8), host_input), block.bytes("host_cryptogram_cbc"));
}

CommandApdu with_data(std::size_t bytes) {
  return {.cla = 0x80, .ins = 0xE8, .data = Bytes(bytes, 0xA5)};
}

TEST(Scp02, SpeaksTwoImplementationsAndThreeLevels) {
  const Session session(seed());
  EXPECT_NO_THROW(Scp02(session.start(0x55, 0x01)));
  for (const auto i : {0x04, 0x05, 0x0A, 0x1B, 0x14, 0x35, 0x75, 0x00}) {
    const auto error = thrown_error([&] { return Scp02(session.start(static_cast<std::uint8_t>(i), 1)); });
    EXPECT_EQ(error.code, "not-built");
    EXPECT_EQ(error.kind, ErrorKind::usage);
  }
  for (const auto level : {0x02, 0x10, 0x11, 0x13, 0x33}) {
    const auto error =
        thrown_error([&] { return Scp02(session.start(0x15, static_cast<std::uint8_t>(level))); });
    EXPECT_EQ(error.code, "not-built");
  }
}

TEST(Scp02, NeedsEncAndMacButNotTheDek) {
  Session session(seed());
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
  Session session(seed());
  session.answer = InitializeUpdateResponse::parse(Bytes(29));
  EXPECT_EQ(thrown_error([&] { return Scp02(session.start(0x15, 1)); }).code, "bad-response");
}

TEST(Scp02, LevelZeroLeavesCommandsAsTheyAre) {
  const Session session(seed());
  Scp02 channel(session.start(0x15, 0x00));
  EXPECT_EQ(channel.external_authenticate().p1, 0x00);
  EXPECT_EQ(channel.wrap(with_data(255)), with_data(255));
  EXPECT_EQ(channel.max_plain_data(255), 255U);
}

TEST(Scp02, MostPlainData) {
  const Session session(seed());
  for (const auto& [level, most] : {std::pair(0x01, 247U), std::pair(0x03, 239U)}) {
    Scp02 channel(session.start(0x15, static_cast<std::uint8_t>(level)));
    static_cast<void>(channel.external_authenticate());
    EXPECT_EQ(channel.max_plain_data(255), most);
    EXPECT_LE(channel.wrap(with_data(most)).data.size(), 255U);
    const auto error = thrown_error([&, size = most + 1] { return channel.wrap(with_data(size)); });
    EXPECT_EQ(error.code, "too-long-for-channel");
    EXPECT_EQ(error.kind, ErrorKind::usage);
  }
}

TEST(Scp02, MostPlainDataUnderASmallerLimit) {
  const Session session(seed());
  const Scp02 mac(session.start(0x15, 0x01));
  const Scp02 encrypting(session.start(0x15, 0x03));
  EXPECT_EQ(mac.max_plain_data(100), 92U);
  EXPECT_EQ(encrypting.max_plain_data(100), 87U);
  EXPECT_EQ(encrypting.max_plain_data(8), 0U);
  EXPECT_EQ(mac.max_plain_data(4), 0U);
}

TEST(Scp02, RefusedDataDoesNotMoveTheChain) {
  const Session session(seed());
  Scp02 disturbed(session.start(0x15, 0x01));
  Scp02 calm(session.start(0x15, 0x01));
  static_cast<void>(disturbed.external_authenticate());
  static_cast<void>(calm.external_authenticate());
  EXPECT_THROW(static_cast<void>(disturbed.wrap(with_data(255))), Error);
  EXPECT_EQ(disturbed.wrap(with_data(10)), calm.wrap(with_data(10)));
}

TEST(Scp02, TheSameCommandNeverHasTheSameMacTwice) {
  const Session session(seed());
  Scp02 channel(session.start(0x15, 0x01));
  static_cast<void>(channel.external_authenticate());
  EXPECT_NE(channel.wrap(with_data(10)), channel.wrap(with_data(10)));
}

TEST(Scp02, EmptyDataIsEncryptedOnlyOnGpshellsWire) {
  const Session session(seed());
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

TEST(Scp02, LogicalChannelIsSentButNotMaced) {
  const Session session(seed());
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
  Session session(seed());
  session.host_challenge = hex("1443E205269A2AB5");
  session.answer =
      InitializeUpdateResponse::parse(hex("00002345558083204839 0102 00013C2B9786B83B 4A40328149BB6F3F"));
  Scp02 channel(session.start(0x55, 0x03));
  ASSERT_TRUE(channel.card_cryptogram_fits());
  EXPECT_TRUE(channel.challenge_fits(Aid::from_bytes(hex("A000000151000000")).value()));
  EXPECT_FALSE(channel.challenge_fits(Aid::from_bytes(hex("A0000001510000")).value()));
  session.keys.mac = key("404142434445464748494A4B4C4D4E40");
  Scp02 wrong_mac(session.start(0x55, 0x03));
  EXPECT_TRUE(wrong_mac.card_cryptogram_fits()) << "the cryptogram proves ENC alone";
  EXPECT_FALSE(wrong_mac.challenge_fits(Aid::from_bytes(hex("A000000151000000")).value()));
}

}  // namespace
}  // namespace gpsh::gp
