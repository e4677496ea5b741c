// SPDX-License-Identifier: Apache-2.0
// gpsh verify says under which variant a wrong MAC would be right.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gp/aes.h"
#include "gp/crypto.h"
#include "sessions/verify.h"
#include "tests/sessions/channel_log.h"
#include "tests/sessions/verified_text.h"

namespace gpsh::sessions {
namespace {

using test::ChannelLog;
using test::verified;
using testing::ElementsAre;
using testing::IsEmpty;

const CommandApdu kGetStatus{.cla = 0x80, .ins = 0xF2, .p1 = 0x40, .data = hex("4F00"), .le = 256};
const CommandApdu kGetData{.cla = 0x80, .ins = 0xCA, .p2 = 0x66, .le = 256};

/// The log, and GET STATUS with this C-MAC.
std::string with_command_mac(const ChannelLog& log, ByteView mac) {
  return log.text() + "> 84F240000A4F00" + to_hex(mac) + "00\n< 9000\n";
}

Bytes before(const ChannelLog& log) {
  return to_bytes(ByteView(log.external_authenticate().data).last(8));
}

gp::Scp03::SessionKeys scp03_keys(const ChannelLog& log) {
  return gp::Scp03::session_keys(log.keys(), log.card().host_challenge(), log.card().card_challenge());
}

TEST(VerifyVariants, IcvOfEachIIsRight) {
  for (const int protocol : {1, 2}) {
    for (const unsigned i : {0x05U, 0x15U}) {
      ChannelLog log({.protocol = protocol, .i = static_cast<std::uint8_t>(i)});
      log.command(kGetStatus).command(kGetData);
      const auto found = verified(log.text());
      EXPECT_THAT(found.wrong, IsEmpty());
      EXPECT_EQ(found.verdicts.at(0).i, i);
    }
  }
}

TEST(VerifyVariants, OneIcvNotEncryptedAmongEncryptedOnes) {
  ChannelLog log({.i = 0x15});
  log.command(kGetStatus);
  const auto counter = to_bytes(ByteView(log.card().card_challenge()).first(2));
  gp::RetailMac mac(gp::Scp02::session_keys(log.keys(), counter).mac);
  const auto wire = log.lines().at(4);
  const auto last = hex(wire.substr(wire.size() - 18, 16));
  const auto found = verified(with_command_mac(log, mac.compute(last, gp::pad80(hex("84F240000A4F00"), 8))));
  EXPECT_THAT(found.wrong,
              ElementsAre("GET STATUS (applications): the C-MAC is right with an ICV that is not encrypted"));
}

TEST(VerifyVariants, UnmodifiedHeader) {
  const ChannelLog scp01({.protocol = 1, .i = 0x05});
  const auto keys =
      gp::Scp01::session_keys(scp01.keys(), scp01.card().host_challenge(), scp01.card().card_challenge());
  const auto blocks = gp::TripleDes(keys.mac).cbc_encrypt(before(scp01), gp::pad80(hex("80F24000024F00"), 8));
  const ChannelLog scp03({.protocol = 3});
  gp::Cmac cmac(scp03_keys(scp03).mac);
  const auto chain =
      cmac.compute({Bytes(16), hex("8482010010"), ByteView(scp03.external_authenticate().data).first(8)});
  const auto mac = cmac.compute({chain, hex("80F24000024F00")});
  for (const auto& text :
       {with_command_mac(scp01, ByteView(blocks).last(8)), with_command_mac(scp03, ByteView(mac).first(8))}) {
    EXPECT_THAT(verified(text).wrong,
                ElementsAre("GET STATUS (applications): the C-MAC is right over the unmodified header"));
  }
}

TEST(VerifyVariants, IcvOfZerosOnScp03) {
  const ChannelLog log({.protocol = 3});
  gp::Cmac cmac(scp03_keys(log).mac);
  const auto mac = cmac.compute({Bytes(16), hex("84F240000A4F00")});
  EXPECT_THAT(verified(with_command_mac(log, ByteView(mac).first(8))).wrong,
              ElementsAre("GET STATUS (applications): the C-MAC is right with an ICV of zeros"));
}

/// Three commands, of the first of which a digit of the data is another one.
ChannelLog with_changed_data(const ChannelLog::Channel& channel) {
  ChannelLog log(channel);
  log.command(kGetStatus).command(kGetData).command(kGetStatus);
  auto& line = log.lines().at(4);
  line.replace(line.find("4F00"), 4, "4F10");
  return log;
}

TEST(VerifyVariants, BehindAWrongOneWholeMacsProveWhatFollowsAndHalvesDoNot) {
  const auto whole = verified(with_changed_data({.protocol = 3, .challenge_bytes = 16}).text());
  EXPECT_EQ(whole.verdicts.at(0).commands, (Tally{.total = 3, .verified = 2}));
  EXPECT_THAT(whole.wrong, ElementsAre("GET STATUS (applications): the C-MAC is wrong under every variant"));

  const auto half = verified(with_changed_data({.protocol = 3}).text());
  EXPECT_EQ(half.verdicts.at(0).commands, (Tally{.total = 3, .verified = 0}));
  const std::string cause =
      "not provable: it starts from the whole of the wrong one before, of which only half was sent";
  EXPECT_THAT(half.wrong, ElementsAre("GET STATUS (applications): the C-MAC is wrong under every variant",
                                      "GET DATA 0066 (card data): the C-MAC is " + cause,
                                      "GET STATUS (applications): the C-MAC is " + cause));
}

TEST(VerifyVariants, OverThePaddedAndTheEncryptedData) {
  const ChannelLog log({.level = 0x03});
  const auto counter = to_bytes(ByteView(log.card().card_challenge()).first(2));
  const auto keys = gp::Scp02::session_keys(log.keys(), counter);
  gp::RetailMac mac(keys.mac);
  const auto padded = gp::pad80(hex("4F00"), 8);
  const auto encrypted = gp::TripleDes(keys.enc).cbc_encrypt(Bytes(8), padded);
  const auto text_over = [&](const Bytes& data) {
    const auto input = gp::pad80(concat({hex("84F2400010"), data}), 8);
    return log.text() + "> 84F2400010" + to_hex(encrypted) +
           to_hex(mac.compute(mac.encrypt_start(before(log)), input)) + "00\n< 9000\n";
  };
  EXPECT_THAT(verified(text_over(padded)).wrong,
              ElementsAre("GET STATUS (applications): the C-MAC is right over the padded data"));
  EXPECT_THAT(verified(text_over(encrypted)).wrong,
              ElementsAre("GET STATUS (applications): the C-MAC is right over the encrypted data"));
}

TEST(VerifyVariants, EmptyDataPaddedOrNotIsRight) {
  for (const int protocol : {2, 3}) {
    for (const auto empty : {gp::EmptyData::clear, gp::EmptyData::encrypted}) {
      ChannelLog log({.protocol = protocol, .level = 0x03, .empty_data = empty});
      log.command(kGetData).command(kGetStatus).command(kGetData);
      const auto found = verified(log.text());
      EXPECT_THAT(found.wrong, IsEmpty());
      EXPECT_EQ(found.verdicts.at(0).commands, (Tally{.total = 3, .verified = 3}));
    }
  }
}

TEST(VerifyVariants, ResponseMacFromZeros) {
  ChannelLog scp02({.i = 0x35, .level = 0x11});
  const auto counter = to_bytes(ByteView(scp02.card().card_challenge()).first(2));
  gp::RetailMac retail(gp::Scp02::response_mac_key(scp02.keys(), counter));
  const auto mac = retail.compute(Bytes(8), gp::pad80(hex("80F24000024F00 00 9000"), 8));
  scp02.command(kGetStatus, to_hex(mac) + "9000");
  ChannelLog scp03({.protocol = 3, .level = 0x11});
  gp::Cmac cmac(scp03_keys(scp03).response_mac);
  const auto response = cmac.compute({Bytes(16), hex("9000")});
  scp03.command(kGetStatus, to_hex(ByteView(response).first(8)) + "9000");
  for (const auto& text : {scp02.text(), scp03.text()}) {
    const auto found = verified(text);
    EXPECT_THAT(found.wrong,
                ElementsAre("GET STATUS (applications): the R-MAC is right with an ICV of zeros"));
    EXPECT_EQ(found.verdicts.at(0).responses, (Tally{.total = 1, .verified = 0}));
  }
}

TEST(VerifyVariants, ErrorWithoutResponseMacIsCountedOrNot) {
  const ChannelLog log({.i = 0x35, .level = 0x11});
  const auto counter = to_bytes(ByteView(log.card().card_challenge()).first(2));
  const auto key = gp::Scp02::response_mac_key(log.keys(), counter);
  gp::RetailMac retail(key);
  const auto over = [&retail](const Bytes& start, std::string_view input) {
    return retail.compute(start, gp::pad80(hex(input), 8));
  };
  const auto counted = over(before(log), "80F24000024F00 00 6A88");
  for (const auto& start : {counted, before(log)}) {
    ChannelLog again({.i = 0x35, .level = 0x11});
    again.command(kGetStatus, "6A88")
        .command(kGetStatus, to_hex(over(start, "80F24000024F00 00 9000")) + "9000");
    const auto found = verified(again.text());
    EXPECT_THAT(found.wrong, IsEmpty());
    EXPECT_EQ(found.verdicts.at(0).responses, (Tally{.total = 1, .verified = 1}));
  }
}

TEST(VerifyVariants, CommandThatIsNoApduIsTold) {
  ChannelLog log({});
  log.command(kGetStatus);
  auto& wire = log.lines().at(4);
  wire.replace(wire.find("0A4F00"), 2, "0C");
  const auto found = verified(log.text());
  EXPECT_THAT(found.wrong, ElementsAre("no command APDU: its lengths do not add up"));
  EXPECT_FALSE(found.verdicts.at(0).right());
}

}  // namespace
}  // namespace gpsh::sessions
