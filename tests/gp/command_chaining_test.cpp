// SPDX-License-Identifier: Apache-2.0
#include "gp/command_chaining.h"

#include <gmock/gmock.h>

#include "gp/content.h"
#include "gp/crypto.h"
#include "tests/gp/channel_vectors.h"
#include "tests/gp/session_fixture.h"
#include "tests/support/fault_connection.h"
#include "tests/support/thrown_error.h"

namespace gpsh::gp {
namespace {

using test::thrown_error;
using testing::ElementsAre;

CommandApdu install_with(std::size_t bytes) {
  return {.cla = 0x80, .ins = 0xE6, .p1 = 0x0C, .data = Bytes(bytes, 0xA5), .le = 256};
}

std::string repeated(std::size_t bytes) {
  return to_hex(Bytes(bytes, 0xA5));
}

VectorSession session_of(const char* file, std::size_t block = 0) {
  return VectorSession(test::read_vectors(file).at(block));
}

/// A channel that proved nothing: only what it wraps is looked at.
template <class Protocol>
SecureChannel channel_of(const VectorSession& vector, std::uint8_t level) {
  return {{.protocol = Protocol::kNumber, .i = vector.i, .level = SecurityLevel(level)},
          opened<Protocol>(vector.start(vector.i, level))};
}

class CommandChaining : public SessionTest {};

TEST(CommandChainingPieces, OneThatFitsStaysWhole) {
  const auto command = install_with(255);
  EXPECT_THAT(cut(command, 255), ElementsAre(command));
  EXPECT_THAT(cut(install_with(0), 255), ElementsAre(install_with(0)));
}

TEST(CommandChainingPieces, MoreFollowInBit80AndLeStandsOnTheLast) {
  const auto pieces = cut(install_with(300), 128);
  ASSERT_EQ(pieces.size(), 3U);
  EXPECT_EQ(to_hex(pieces[0].encode()), "80E68C0080" + repeated(128));
  EXPECT_EQ(to_hex(pieces[1].encode()), "80E68C0080" + repeated(128));
  EXPECT_EQ(to_hex(pieces[2].encode()), "80E60C002C" + repeated(44) + "00");
}

TEST_F(CommandChaining, OneApduIsShownAsAChainOfOne) {
  card.expect("80E60C0001A500", "009000");
  EXPECT_EQ(session.transmit_chained(install_with(1), "INSTALL").data, hex("00"));
  EXPECT_THAT(observer.lines, ElementsAre("command 80E60C0001A500", "chained wire 80E60C0001A500",
                                          "chunk 80E60C0001A500", "response 009000", "unwrapped 009000"));
}

TEST_F(CommandChaining, WithoutChannelTheLogicalCommandIsExtended) {
  card.expect("80E68C00FF" + repeated(255), "9000").expect("80E60C0001A500", "009000");
  EXPECT_TRUE(session.transmit_chained(install_with(256), "INSTALL").sw.ok());
  const auto whole = "80E60C00000100" + repeated(256) + "0100";
  EXPECT_THAT(observer.lines,
              ElementsAre("command " + whole, "chained wire " + whole, "chunk 80E68C00FF" + repeated(255),
                          "response 9000", "chunk 80E60C0001A500", "response 009000", "unwrapped 009000"));
}

TEST_F(CommandChaining, ARefusedPieceEndsTheChain) {
  card.expect("80E68C00FF" + repeated(255), "6A86");
  EXPECT_EQ(session.transmit_chained(install_with(600), "INSTALL").sw.value(), 0x6A86);
}

TEST_F(CommandChaining, PiecesFitTheCard) {
  session.set_selection({.fci = hex("6F06 A504 9F650180")});
  card.expect("80E68C0080" + repeated(128), "9000").expect("80E60C0002A5A500", "9000");
  EXPECT_TRUE(session.transmit_chained(install_with(130), "INSTALL").sw.ok());
}

// The MAC over the command as the section defines it, put together here from its parts.
TEST_F(CommandChaining, Scp02PutsOneMacOverTheWholeCommand) {
  const auto vector = session_of("tests/data/scp02.vec");
  const auto counter = ByteView(vector.answer.card_challenge).first(2);
  const auto keys = Scp02::session_keys(vector.keys, counter);
  auto protocol = opened<Scp02>(vector.start(0x05, 0x01));
  const auto authenticate = Scp02(vector.start(0x05, 0x01)).external_authenticate();
  const auto start = ByteView(authenticate.data).last(8);
  const auto input = pad80(concat({hex("84E60C00 000134"), Bytes(300, 0xA5)}), 8);
  const auto mac = RetailMac(keys.mac).compute(start, input);
  session.open_channel({{.protocol = 2, .i = 0x05, .level = SecurityLevel(1)}, std::move(protocol)});
  card.expect("84E68C00FF" + repeated(255), "9000")
      .expect("84E60C0035" + repeated(45) + to_hex(mac) + "00", "9000");
  EXPECT_TRUE(session.transmit_chained(install_with(300), "INSTALL").sw.ok());
}

// 248 bytes and their MAC are 256: the length does not fit one byte any more.
TEST_F(CommandChaining, Scp01CodesTheLengthInThreeBytesWhereItHasTo) {
  const auto vector = session_of("tests/data/scp01.vec");
  const auto keys = Scp01::session_keys(vector.keys, vector.host_challenge, vector.answer.card_challenge);
  const auto authenticate = Scp01(vector.start(0x05, 0x01)).external_authenticate();
  const auto input = pad80(concat({hex("84E60C00 000100"), Bytes(248, 0xA5)}), 8);
  const auto mac =
      to_bytes(ByteView(TripleDes(keys.mac).cbc_encrypt(ByteView(authenticate.data).last(8), input)).last(8));
  session.open_channel(
      {{.protocol = 1, .i = 0x05, .level = SecurityLevel(1)}, opened<Scp01>(vector.start(0x05, 0x01))});
  card.expect("84E68C00FF" + repeated(248) + to_hex(ByteView(mac).first(7)), "9000")
      .expect("84E60C0001" + to_hex(ByteView(mac).last(1)) + "00", "9000");
  EXPECT_TRUE(session.transmit_chained(install_with(248), "INSTALL").sw.ok());
}

TEST_F(CommandChaining, Scp01EncryptsNoMoreThanItsLengthByteCounts) {
  session.open_channel(channel_of<Scp01>(session_of("tests/data/scp01.vec"), 0x03));
  const auto error = thrown_error([&] { return session.transmit_chained(install_with(256), "INSTALL"); });
  EXPECT_EQ(error.code, "too-long-for-channel");
  EXPECT_EQ(error.message, "256 bytes of command data do not fit; SCP01 with C-MAC + C-DEC carries 255");
  EXPECT_TRUE(observer.lines.empty());
}

TEST_F(CommandChaining, WhatScp01CannotEncryptAtOnceGoesInPieces) {
  session.open_channel(channel_of<Scp01>(session_of("tests/data/scp01.vec"), 0x03));
  InstallRequest request{.parameters = {.application = Bytes(256, 0x11)}};
  const auto error = thrown_error([&] { return install_for_install(session, request); });
  EXPECT_EQ(error.code, "too-long-for-channel");
  EXPECT_EQ(error.message, "269 bytes of command data do not fit; SCP01 with C-MAC + C-DEC carries 255");
  EXPECT_EQ(error.advice,
            "this is the length of the whole command: -chainMac each sends it in pieces that fit; or use a "
            "lower security level");
  request.chain_mac = ChainMac::each;
  EXPECT_THROW(static_cast<void>(install_for_install(session, request)), std::logic_error)
      << "the first piece is the unexpected command";
}

TEST_F(CommandChaining, Scp03EncryptsTheWholeCommandAndPutsOneMacOverIt) {
  const auto vector = session_of("tests/data/scp03.vec", 3);
  const auto keys = Scp03::session_keys(vector.keys, vector.host_challenge, vector.answer.card_challenge);
  session.open_channel(channel_of<Scp03>(vector, 0x03));
  auto authenticating = Scp03(vector.start(vector.i, 0x03));
  const auto authenticate = authenticating.external_authenticate();
  auto padded = pad80(Bytes(300, 0xA5), 16);
  const Aes enc(keys.enc);
  enc.cbc_encrypt_in_place(enc.encrypt_block(AesBlock{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}),
                           padded);
  Cmac cmac(keys.mac);
  const auto host = ByteView(authenticate.data);
  const auto chain = cmac.compute({Bytes(16), hex("8482030010"), host.first(8)});
  const auto mac = cmac.compute({chain, hex("84E60C00 000138"), padded});
  const auto body = concat({padded, ByteView(mac).first(8)});
  card.expect("84E68C00FF" + to_hex(ByteView(body).first(255)), "9000")
      .expect("84E60C0039" + to_hex(ByteView(body).subspan(255)) + "00", "9000");
  EXPECT_TRUE(session.transmit_chained(install_with(300), "INSTALL").sw.ok());
}

// The pieces before the last answer without R-MAC; that of the last is over the whole command.
TEST_F(CommandChaining, TheResponseMacIsOnTheLastPieceOnly) {
  const auto vector = session_of("tests/data/scp02.vec");
  const auto counter = ByteView(vector.answer.card_challenge).first(2);
  auto other = opened<Scp02>(vector.start(0x35, 0x11));
  const auto authenticate = Scp02(vector.start(0x35, 0x11)).external_authenticate();
  const auto start = to_bytes(ByteView(authenticate.data).last(8));
  const auto input = pad80(concat({hex("80E60C00 00012C"), Bytes(300, 0xA5), hex("01 00 9000")}), 8);
  const auto response_mac = RetailMac(Scp02::response_mac_key(vector.keys, counter)).compute(start, input);
  session.open_channel(
      {{.protocol = 2, .i = 0x35, .level = SecurityLevel(0x11)}, opened<Scp02>(vector.start(0x35, 0x11))});
  const auto pieces = cut(other.wrap(install_with(300), Extent::chained), 255);
  ASSERT_EQ(pieces.size(), 2U);
  card.expect(to_hex(pieces[0].encode()), "9000")
      .expect(to_hex(pieces[1].encode()), "00" + to_hex(response_mac) + "9000");
  EXPECT_EQ(session.transmit_chained(install_with(300), "INSTALL").data, hex("00"));
}

TEST_F(CommandChaining, AMacOverEachPieceMakesCommandsOfTheirOwn) {
  const auto vector = session_of("tests/data/scp02.vec");
  auto other = channel_of<Scp02>(vector, 0x01);
  session.open_channel(channel_of<Scp02>(vector, 0x01));
  for (const auto& piece : cut(install_with(300), 247))
    card.expect(to_hex(other.wrap(piece).encode()), "9000");
  EXPECT_TRUE(session.transmit_chained(install_with(300), "INSTALL", ChainMac::each).sw.ok());
  ASSERT_EQ(observer.lines.size(), 8U);
  EXPECT_EQ(observer.lines[4], "command 80E60C0035" + repeated(53) + "00");
}

// The card sends an R-MAC with the last answer alone (GPCS 2.3.1 section 11.1.5.1).
TEST_F(CommandChaining, WithoutACMacThereIsNoneToPutOverEachPiece) {
  const auto vector = session_of("tests/data/scp02.vec");
  constexpr std::uint8_t kWithResponseMac = 0x35;
  session.open_channel({{.protocol = 2, .i = kWithResponseMac, .level = SecurityLevel(0x10)},
                        opened<Scp02>(vector.start(kWithResponseMac, 0x10))});
  card.expect("80E68C00FF" + repeated(255), "9000").expect("80E60C002D" + repeated(45) + "00", "6985");
  EXPECT_EQ(session.transmit_chained(install_with(300), "INSTALL", ChainMac::each).sw.value(), 0x6985);
}

TEST_F(CommandChaining, AMacOverEachPieceStopsWhereACardRefuses) {
  const auto vector = session_of("tests/data/scp02.vec");
  auto other = channel_of<Scp02>(vector, 0x01);
  session.open_channel(channel_of<Scp02>(vector, 0x01));
  card.expect(to_hex(other.wrap(cut(install_with(300), 247).front()).encode()), "6985");
  EXPECT_EQ(session.transmit_chained(install_with(300), "INSTALL", ChainMac::each).sw.value(), 0x6985);
}

TEST_F(CommandChaining, ALostPieceNamesTheCommand) {
  card.expect("80E68C00FF" + repeated(255), "");
  const auto error = thrown_error([&] { return session.transmit_chained(install_with(300), "INSTALL"); });
  ASSERT_TRUE(error.exchange);
  EXPECT_EQ(error.exchange->command, "INSTALL");
  EXPECT_EQ(error.exchange->apdu, install_with(300).encode());
}

TEST_F(CommandChaining, TheCostCountsEveryApduAndByte) {
  card.expect("80E68C00FF" + repeated(255), "9000").expect("80E60C002DA5" + repeated(44) + "00", "009000");
  const auto before = session.wire_cost();
  session.transmit_chained(install_with(300), "INSTALL");
  EXPECT_EQ(session.wire_cost() - before, (WireCost{.apdus = 2, .sent = 260 + 51, .received = 5}));
}

}  // namespace
}  // namespace gpsh::gp
