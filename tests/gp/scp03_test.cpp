// SPDX-License-Identifier: Apache-2.0
#include "gp/scp03.h"

#include <gtest/gtest.h>

#include "gp/crypto.h"
#include "gp/r_mac_session.h"
#include "tests/gp/channel_vectors.h"
#include "tests/support/thrown_error.h"

namespace gpsh::gp {
namespace {

using test::thrown_error;
using test::VectorBlock;

class Scp03Vectors : public testing::TestWithParam<VectorBlock> {
 protected:
  VectorSession session_{GetParam()};
};

TEST_P(Scp03Vectors, CardCryptogramFits) {
  EXPECT_TRUE(Scp03(session_.start()).card_cryptogram_fits());
}

TEST_P(Scp03Vectors, EveryTamperedBitOfTheCryptogramIsSeen) {
  for (std::size_t bit = 0; bit < session_.answer.card_cryptogram.size() * 8; ++bit) {
    VectorSession tampered(GetParam());
    tampered.answer.card_cryptogram.at(bit / 8) ^= static_cast<std::uint8_t>(1U << bit % 8);
    EXPECT_FALSE(Scp03(tampered.start()).card_cryptogram_fits()) << "bit " << bit;
  }
}

TEST_P(Scp03Vectors, ExternalAuthenticate) {
  EXPECT_EQ(to_hex(Scp03(session_.start()).external_authenticate().encode()),
            GetParam().text("external_authenticate"));
}

TEST_P(Scp03Vectors, CommandsAndResponses) {
  auto channel = opened<Scp03>(session_.start());
  run_exchanges(channel, GetParam());
  EXPECT_EQ(channel.response_proof(), ResponseProof::verified);
}

TEST_P(Scp03Vectors, EveryTamperedByteOfAResponseIsSeen) {
  const auto [command, wire] = arrow(GetParam().text("command"));
  const auto [response, plain] = arrow(GetParam().text("response"));
  for (std::size_t at = 0; at + 1 < response.size(); ++at) {
    auto channel = opened<Scp03>(session_.start());
    static_cast<void>(channel.wrap(CommandApdu::parse(command)));
    auto tampered = response;
    // 9000 becomes the warning 6200: another status word would be one without R-MAC.
    if (at + 2 == response.size()) {
      tampered.at(at) = 0x62;
    } else {
      tampered.at(at) ^= 0x10;
    }
    EXPECT_EQ(thrown_error([&] { return channel.unwrap(ResponseApdu::parse(tampered)); }).code,
              "response-mac")
        << "byte " << at;
    EXPECT_EQ(thrown_error([&] { return channel.wrap(command_with(1)); }).code, "channel-ended");
  }
}

TEST_P(Scp03Vectors, ShortResponses) {
  const auto [command, wire] = arrow(GetParam().text("command"));
  const auto [response, plain] = arrow(GetParam().text("response"));
  for (std::size_t size = 0; size + 2 < response.size(); ++size) {
    auto channel = opened<Scp03>(session_.start());
    static_cast<void>(channel.wrap(CommandApdu::parse(command)));
    ResponseApdu cut{.data = to_bytes(ByteView(response).first(size)), .sw = StatusWord(0x9000)};
    const auto error = thrown_error([&] { return channel.unwrap(cut); });
    EXPECT_EQ(error.code, "response-mac");
    EXPECT_EQ(error.kind, ErrorKind::security);
  }
}

INSTANTIATE_TEST_SUITE_P(File, Scp03Vectors, testing::ValuesIn(test::read_vectors("tests/data/scp03.vec")),
                         block_name);

VectorBlock block_of(std::size_t number) {
  return test::read_vectors("tests/data/scp03.vec").at(number);
}

/// S8, AES-128.
VectorSession short_session() {
  VectorSession session(block_of(3));
  session.i = 0x70;
  return session;
}

TEST(Scp03, SpeaksWhatTheTableHas) {
  for (int i = 0; i < 256; ++i) {
    const bool known = (i & ~0x71) == 0 && (i & 0x60) != 0x40;
    EXPECT_EQ(Scp03::speaks(static_cast<std::uint8_t>(i)), known) << i;
  }
  const auto covers = [](int i, int level) {
    return Scp03::speaks(static_cast<std::uint8_t>(i), SecurityLevel(static_cast<std::uint8_t>(level)));
  };
  for (const int level : {0x00, 0x01, 0x03}) EXPECT_TRUE(covers(0x00, level));
  for (const int level : {0x11, 0x13}) {
    EXPECT_FALSE(covers(0x10, level));
    EXPECT_TRUE(covers(0x20, level));
  }
  EXPECT_FALSE(covers(0x30, 0x33));
  EXPECT_TRUE(covers(0x61, 0x33));
  for (const int level : {0x02, 0x10, 0x23, 0x31, 0x81}) EXPECT_FALSE(covers(0x70, level));
}

TEST(Scp03, KnowsAPartOfEveryI) {
  for (int i = 0; i < 256; ++i) {
    const auto all = static_cast<std::uint8_t>(i);
    const auto known = Scp03::known_part(all);
    EXPECT_TRUE(Scp03::speaks(known)) << i;
    EXPECT_EQ(known & ~i, 0) << i << ": no bit is added";
    EXPECT_EQ(known == all, Scp03::speaks(all)) << i;
  }
}

TEST(Scp03, RefusesWhatItDoesNotSpeak) {
  const auto session = short_session();
  EXPECT_EQ(thrown_error([&] { return Scp03(session.start(0x40, 0x01)); }).code, "channel-option");
  const auto error = thrown_error([&] { return Scp03(session.start(0x10, 0x11)); });
  EXPECT_EQ(error.kind, ErrorKind::usage);
  EXPECT_EQ(error.message, "SCP03 with i=10 has no security level 11 (C-MAC + R-MAC)");
}

TEST(Scp03, RefusesAnswersOfAnotherLength) {
  auto session = short_session();
  const auto error = thrown_error([&] { return Scp03(session.start(0x71, 0x01)); });
  EXPECT_EQ(error.code, "bad-response");
  EXPECT_EQ(error.message, "the answer to INITIALIZE UPDATE does not have the length of SCP03 with i=71");
  session.answer = InitializeUpdateResponse::parse(Bytes(28));
  EXPECT_EQ(thrown_error([&] { return Scp03(session.start(0x70, 0x01)); }).code, "bad-response");
}

TEST(Scp03, NeedsEncAndMacOfAnAesLength) {
  auto session = short_session();
  session.keys.mac = {};
  EXPECT_EQ(thrown_error([&] { return Scp03(session.start()); }).message, "SCP03 needs the MAC key");
  session.keys.mac = Secret::from_bytes(Bytes(20));
  EXPECT_EQ(thrown_error([&] { return Scp03(session.start()); }).code, "key-length");
}

// Recording gp-07: a card with i=70 and the test keys, and the AID of its security domain.
TEST(Scp03, PseudoRandomChallenge) {
  VectorSession session(block_of(3));
  const auto test_key = key_of("404142434445464748494A4B4C4D4E4F");
  session.keys = {test_key.clone(), test_key.clone(), test_key.clone()};
  session.host_challenge = hex("A51709B085AF91C1");
  session.answer = InitializeUpdateResponse::parse(
      hex("03700000000000000000010370BE906A81C79CAF176D073D7EF2F518F300004F"));
  const auto application = Aid::from_bytes(hex("A000000151000000")).value();
  const Scp03 protocol(session.start(0x70, 0x01));
  ASSERT_TRUE(protocol.card_cryptogram_fits());
  EXPECT_TRUE(protocol.challenge_fits(application));
  EXPECT_FALSE(protocol.challenge_fits(Aid::from_bytes(hex("A0000001510000")).value()));
  EXPECT_FALSE(Scp03(session.start(0x60, 0x01)).challenge_fits(application)) << "i says it is random";
  session.keys.enc = key_of("404142434445464748494A4B4C4D4E40");
  const Scp03 wrong_enc(session.start(0x70, 0x01));
  EXPECT_TRUE(wrong_enc.card_cryptogram_fits()) << "the cryptogram proves MAC alone";
  EXPECT_FALSE(wrong_enc.challenge_fits(application));
}

TEST(Scp03, MostPlainData) {
  struct Limit {
    std::size_t block;
    std::uint8_t level;
    std::size_t most;
  };
  for (const auto& limit :
       {Limit{3, 0x00, 255}, {3, 0x01, 247}, {3, 0x03, 239}, {0, 0x01, 239}, {0, 0x03, 223}}) {
    const VectorSession session(block_of(limit.block));
    auto channel = opened<Scp03>(session.start(session.i, limit.level));
    EXPECT_EQ(channel.max_plain_data(255), limit.most);
    EXPECT_LE(channel.wrap(command_with(limit.most)).data.size(), 255U);
    if (limit.level == 0) continue;
    EXPECT_EQ(thrown_error([&] { return channel.wrap(command_with(limit.most + 1)); }).code,
              "too-long-for-channel");
  }
}

TEST(Scp03, RefusedDataMovesNeitherChainNorCounter) {
  const auto session = short_session();
  auto disturbed = opened<Scp03>(session.start(0x70, 0x03));
  auto calm = opened<Scp03>(session.start(0x70, 0x03));
  EXPECT_THROW(static_cast<void>(disturbed.wrap(command_with(240))), Error);
  EXPECT_EQ(disturbed.wrap(command_with(10)), calm.wrap(command_with(10)));
}

TEST(Scp03, TheCounterGoesOnWithoutData) {
  const auto session = short_session();
  const auto keys = Scp03::session_keys(session.keys, session.host_challenge, session.answer.card_challenge);
  auto channel = opened<Scp03>(session.start(0x70, 0x03));
  EXPECT_EQ(channel.wrap(command_with(0)).data.size(), 8U);
  const auto second = channel.wrap(command_with(5));
  const Aes enc(keys.enc);
  const auto start = enc.encrypt_block(EncryptionCounter(2).command_block());
  const auto plain = enc.cbc_decrypt(start, ByteView(second.data).first(16));
  EXPECT_EQ(to_bytes(without_pad80(plain).value()), command_with(5).data);
}

TEST(Scp03, OrderMatters) {
  const auto session = short_session();
  auto one = opened<Scp03>(session.start(0x70, 0x03));
  auto other = opened<Scp03>(session.start(0x70, 0x03));
  const auto first = one.wrap(command_with(1));
  const auto second = one.wrap(command_with(2));
  EXPECT_NE(other.wrap(command_with(2)), second);
  EXPECT_NE(other.wrap(command_with(1)), first);
}

TEST(Scp03, ErrorsCarryNoResponseMac) {
  const VectorSession session(block_of(3));
  const auto [command, wire] = arrow(block_of(3).text("command"));
  const auto [response, plain] = arrow(block_of(3).text("response"));
  auto channel = opened<Scp03>(session.start());
  static_cast<void>(channel.wrap(CommandApdu::parse(command)));
  const ResponseApdu refusal{.data = {}, .sw = StatusWord(0x6A88)};
  EXPECT_EQ(channel.unwrap(refusal), refusal);
  EXPECT_EQ(channel.response_proof(), ResponseProof::unauthenticated);
  EXPECT_NO_THROW(static_cast<void>(channel.wrap(command_with(1)))) << "the session goes on";
}

/// What the card adds to a response, computed from the session keys.
class CardResponses {
 public:
  explicit CardResponses(const VectorSession& session)
      : keys_(Scp03::session_keys(session.keys, session.host_challenge, session.answer.card_challenge)),
        command_mac_(keys_.mac),
        response_mac_(keys_.response_mac),
        enc_(keys_.enc) {}

  void received(const CommandApdu& wire) {
    const auto body = ByteView(wire.data).first(wire.data.size() - 8);
    const Bytes header = {0x84, wire.ins, wire.p1, wire.p2, static_cast<std::uint8_t>(wire.data.size())};
    chain_ = command_mac_.compute({chain_, header, body});
  }
  ResponseApdu with_mac(ByteView data, std::uint16_t sw) {
    const Bytes sw_bytes = {static_cast<std::uint8_t>(sw >> 8), static_cast<std::uint8_t>(sw)};
    const auto mac = response_mac_.compute({chain_, data, sw_bytes});
    return {.data = concat({data, ByteView(mac).first(8)}), .sw = StatusWord(sw)};
  }
  Bytes encrypted(std::uint64_t counter, ByteView blocks) {
    return enc_.cbc_encrypt(enc_.encrypt_block(EncryptionCounter(counter).response_block()), blocks);
  }

 private:
  Scp03::SessionKeys keys_;
  Cmac command_mac_;
  Cmac response_mac_;
  Aes enc_;
  AesBlock chain_{};
};

TEST(Scp03, WarningsAndEmptyResponsesCarryAResponseMac) {
  const auto session = short_session();
  for (const auto sw : std::initializer_list<std::uint16_t>{0x9000, 0x6200, 0x6310}) {
    for (const auto level : std::initializer_list<std::uint8_t>{0x11, 0x13, 0x33}) {
      CardResponses card(session);
      Scp03 channel(session.start(0x70, level));
      card.received(channel.external_authenticate());
      card.received(channel.wrap(command_with(4)));
      EXPECT_EQ(channel.unwrap(card.with_mac({}, sw)), (ResponseApdu{.data = {}, .sw = StatusWord(sw)}));
      EXPECT_EQ(channel.response_proof(), ResponseProof::verified);
      static_cast<void>(channel.wrap(command_with(4)));
      EXPECT_EQ(thrown_error([&] { return channel.unwrap({.data = {}, .sw = StatusWord(sw)}); }).message,
                "the card answered " + StatusWord(sw).text() + " without an R-MAC");
    }
  }
}

TEST(Scp03, LongEncryptedResponses) {
  const auto session = short_session();
  for (const std::size_t bytes : {1U, 15U, 16U, 246U, 247U, 1000U}) {
    CardResponses card(session);
    Scp03 channel(session.start(0x70, 0x33));
    card.received(channel.external_authenticate());
    card.received(channel.wrap(command_with(4)));
    const Bytes data(bytes, 0x5A);
    const auto response = card.with_mac(card.encrypted(1, pad80(data, 16)), 0x9000);
    EXPECT_EQ(channel.unwrap(response).data, data);
  }
}

TEST(Scp03, WrongPaddingEndsTheChannel) {
  const auto session = short_session();
  for (const auto& blocks : {Bytes(16), Bytes(32, 0xFF), Bytes(16, 0x01)}) {
    CardResponses card(session);
    Scp03 channel(session.start(0x70, 0x33));
    card.received(channel.external_authenticate());
    card.received(channel.wrap(command_with(4)));
    const auto response = card.with_mac(card.encrypted(1, blocks), 0x9000);
    EXPECT_EQ(thrown_error([&] { return channel.unwrap(response); }).code, "response-padding");
    EXPECT_EQ(thrown_error([&] { return channel.wrap(command_with(1)); }).code, "channel-ended");
  }
  CardResponses card(session);
  Scp03 channel(session.start(0x70, 0x33));
  card.received(channel.external_authenticate());
  card.received(channel.wrap(command_with(4)));
  const auto broken = card.with_mac(Bytes(15), 0x9000);
  EXPECT_EQ(thrown_error([&] { return channel.unwrap(broken); }).code, "response-padding");
}

TEST(Scp03, AResponseOfAnotherCommandIsSeen) {
  const auto session = short_session();
  CardResponses card(session);
  Scp03 channel(session.start(0x70, 0x11));
  card.received(channel.external_authenticate());
  card.received(channel.wrap(command_with(1)));
  const auto first = card.with_mac(hex("01"), 0x9000);
  static_cast<void>(channel.unwrap(first));
  card.received(channel.wrap(command_with(2)));
  EXPECT_EQ(thrown_error([&] { return channel.unwrap(first); }).code, "response-mac");
}

TEST(Scp03, RMacSessionRaisesAndLowersTheLevel) {
  const auto session = short_session();
  CardResponses card(session);
  Scp03 channel(session.start(0x70, 0x03));
  card.received(channel.external_authenticate());
  card.received(channel.wrap(begin_r_mac_session(hex("0102"), ResponseProtection::r_mac_and_encryption)));
  EXPECT_EQ(channel.level(), SecurityLevel(0x03));
  static_cast<void>(channel.unwrap({.data = {}, .sw = StatusWord(0x9000)}));
  EXPECT_EQ(channel.response_proof(), ResponseProof::not_asked) << "the level is that of the next response";
  EXPECT_EQ(channel.level(), SecurityLevel(0x33));
  card.received(channel.wrap(command_with(3)));
  const auto response = card.with_mac(card.encrypted(2, pad80(hex("AABB"), 16)), 0x9000);
  EXPECT_EQ(channel.unwrap(response).data, hex("AABB"));
  card.received(channel.wrap(end_r_mac_session()));
  EXPECT_TRUE(channel.unwrap(card.with_mac({}, 0x9000)).data.empty());
  EXPECT_EQ(channel.level(), SecurityLevel(0x03));
}

TEST(Scp03, ARefusedRMacSessionChangesNothing) {
  const auto session = short_session();
  auto channel = opened<Scp03>(session.start(0x70, 0x01));
  static_cast<void>(channel.wrap(begin_r_mac_session({})));
  static_cast<void>(channel.unwrap({.data = {}, .sw = StatusWord(0x6985)}));
  EXPECT_EQ(channel.level(), SecurityLevel(0x01));
  const ResponseApdu plain{.data = hex("01"), .sw = StatusWord(0x9000)};
  static_cast<void>(channel.wrap(command_with(1)));
  EXPECT_EQ(channel.unwrap(plain), plain);
}

TEST(Scp03, SensitiveDataGoesUnderTheStaticDek) {
  auto session = short_session();
  const auto blocks = hex("00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF");
  const auto encrypted = Scp03(session.start()).encrypt_sensitive(blocks);
  EXPECT_EQ(encrypted, Aes(session.keys.dek).cbc_encrypt(AesBlock{}, blocks));
  session.keys.dek = {};
  EXPECT_EQ(thrown_error([&] { return Scp03(session.start()).encrypt_sensitive(blocks); }).code,
            "key-missing");
}

}  // namespace
}  // namespace gpsh::gp
