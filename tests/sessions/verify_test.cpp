// SPDX-License-Identifier: Apache-2.0
#include "sessions/verify.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "gp/crypto.h"
#include "tests/sessions/channel_log.h"

namespace gpsh::sessions {
namespace {

using test::ChannelLog;
using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::string_view_literals;
using Kind = VerifyFinding::Kind;

const CommandApdu kGetStatus{.cla = 0x80, .ins = 0xF2, .p1 = 0x40, .data = hex("4F00"), .le = 256};
const CommandApdu kGetData{.cla = 0x80, .ins = 0xCA, .p2 = 0x66, .le = 256};

struct Collector final : VerifySink {
  void verdict(const ChannelVerdict& verdict) override { verdicts.push_back(verdict); }
  void finding(const VerifyFinding& finding) override {
    auto& list = finding.kind == Kind::wrong ? wrong : decrypted;
    list.push_back(std::to_string(finding.line) + ": " + finding.text);
  }

  std::vector<ChannelVerdict> verdicts;
  std::vector<std::string> wrong;
  std::vector<std::string> decrypted;
};

Collector verified(const std::string& text) {
  std::istringstream in(text);
  Collector collector;
  verify_log(in, {.derivations = gp::known_diversifications()}, collector);
  return collector;
}

ChannelLog three_commands(const ChannelLog::Channel& channel) {
  ChannelLog log(channel);
  log.command(kGetStatus).command(kGetData).command(kGetStatus);
  return log;
}

/// The digit at this place from the end, another one.
void change(std::string& line, std::size_t from_end) {
  auto& digit = line.at(line.size() - 1 - from_end);
  digit = digit == '0' ? '1' : '0';
}

TEST(Verify, EveryProtocolAndLevel) {
  struct Case {
    ChannelLog::Channel channel;
    int i;
  };
  for (const auto& [channel, i] : {
           Case{{.protocol = 1, .i = 0x05, .level = 0x01}, 0x05},
           Case{{.protocol = 1, .i = 0x15, .level = 0x03}, 0x15},
           Case{{.protocol = 2, .i = 0x05, .level = 0x03}, 0x05},
           Case{{.protocol = 2, .i = 0x15, .level = 0x01}, 0x15},
           Case{{.protocol = 2, .i = 0x55, .level = 0x03}, 0x15},
           Case{{.protocol = 2, .i = 0x15, .level = 0x03, .empty_data = gp::EmptyData::encrypted}, 0x15},
           Case{{.protocol = 3, .level = 0x01}, 0x60},
           Case{{.protocol = 3, .level = 0x03}, 0x60},
           Case{{.protocol = 3, .level = 0x03, .empty_data = gp::EmptyData::encrypted}, 0x60},
       }) {
    SCOPED_TRACE(channel.protocol * 1000 + channel.level);
    const auto found = verified(three_commands(channel).text());
    ASSERT_EQ(found.verdicts.size(), 1U);
    const auto& verdict = found.verdicts[0];
    EXPECT_THAT(found.wrong, IsEmpty());
    EXPECT_TRUE(verdict.right());
    EXPECT_EQ(verdict.line, 1U);
    EXPECT_EQ(verdict.protocol, channel.protocol);
    EXPECT_EQ(verdict.i, i);
    EXPECT_EQ(verdict.key_version, 0x01);
    EXPECT_EQ(verdict.keys, "default");
    EXPECT_EQ(verdict.level, channel.level);
    EXPECT_EQ(verdict.commands, (Tally{.total = 3, .verified = 3}));
    EXPECT_FALSE(verdict.responses);
  }
}

TEST(Verify, KeysOfEveryOrigin) {
  const auto own = hex("0102030405060708090A0B0C0D0E0F10");
  const auto keys_of = [](const std::string& text) { return verified(text).verdicts.at(0).keys; };
  EXPECT_EQ(keys_of(ChannelLog({.key = hex("47454D5850524553534F53414D504C45")}).text()), "gemxpresso");
  EXPECT_EQ(keys_of(ChannelLog({.derivation = "visa2"}).text()), "default+visa2");
  EXPECT_EQ(keys_of(ChannelLog({.derivation = "emvcps11"}).text()), "default+emvcps11");
  EXPECT_EQ(keys_of(ChannelLog({.key = own}).text()), "");
  EXPECT_EQ(keys_of(ChannelLog({.key = own}).text() + "open_sc -key " + to_hex(own) + "\n"), "log");
  EXPECT_EQ(keys_of("open_sc -keyDerivation visa2 -key " + to_hex(own) + "\n" +
                    ChannelLog({.key = own, .derivation = "visa2"}).text()),
            "log+visa2");
  const auto twice = "404142434445464748494A4B4C4D4E4F404142434445464748494A4B4C4D4E4F";
  const auto doubled = ChannelLog({.protocol = 3, .key = hex(twice)}).text();
  EXPECT_EQ(keys_of(doubled), "default");
  EXPECT_EQ(keys_of(doubled + "set_keys => [EncKey = " + twice + " | MacKey = " + twice + "]\n"), "log");
}

TEST(Verify, SessionKeysOfTheLog) {
  // Those of recording jcmanager-01, which are diversified from the default key and its counter 00A3.
  const auto text =
      "-> 80 50 00 00 08 3C 8A 0C 90 E4 5D 3B D9\n"
      "<- 00 00 11 60 01 00 8A 79 0A F9 FF 02 00 A4 7F BB 51 31 B4 DE 16 9F 77 9E F7 49 1F EF 90 00\n"
      "S_ENC: 69 1E A3 CB 6A 58 DD 17 BA 88 A8 4F 20 A7 35 30 69 1E A3 CB 6A 58 DD 17\n"
      "The Current session MAC key is FB 23 0F 31 D7 6C AA 49 25 4C 7E E4 69 7E 1B 5B\n";
  // With another counter the cryptogram is another one, and only the session keys could tell.
  EXPECT_EQ(verified(text).verdicts.at(0).keys, "");
  std::string right = text;
  right.replace(right.find("02 00 A4"), 8, "02 00 A3");
  EXPECT_EQ(verified(right).verdicts.at(0).keys, "default");
}

TEST(Verify, NoKeyFits) {
  const auto found = verified(three_commands({.key = hex("0102030405060708090A0B0C0D0E0F10")}).text());
  ASSERT_EQ(found.verdicts.size(), 1U);
  EXPECT_FALSE(found.verdicts[0].right());
  EXPECT_FALSE(found.verdicts[0].card_cryptogram_right);
  EXPECT_EQ(found.verdicts[0].level, 0x01);
  EXPECT_EQ(found.verdicts[0].commands.verified, 0U);
  EXPECT_THAT(found.wrong, ElementsAre("1: INITIALIZE UPDATE: no key known here makes this card cryptogram"));
}

TEST(Verify, WrongMacIsThatCommandsAlone) {
  for (const int protocol : {1, 2, 3}) {
    auto log =
        three_commands({.protocol = protocol, .i = protocol == 1 ? std::uint8_t{0x05} : std::uint8_t{0x15}});
    change(log.lines().at(6), 2);  // before Le
    const auto found = verified(log.text());
    EXPECT_EQ(found.verdicts.at(0).commands, (Tally{.total = 3, .verified = 2})) << protocol;
    EXPECT_FALSE(found.verdicts[0].right());
    EXPECT_THAT(found.wrong,
                ElementsAre("7: GET DATA 0066 (card data): the C-MAC is wrong under every variant"));
  }
}

TEST(Verify, WrongDataIsFoundWhereItStands) {
  auto log = three_commands({});
  change(log.lines().at(4), 20);
  const auto found = verified(log.text());
  EXPECT_EQ(found.verdicts.at(0).commands, (Tally{.total = 3, .verified = 2}));
  EXPECT_THAT(found.wrong,
              ElementsAre("5: GET STATUS (applications): the C-MAC is wrong under every variant"));
}

TEST(Verify, CryptogramAndMacOfExternalAuthenticate) {
  auto log = three_commands({});
  change(log.lines().at(2), 20);
  const auto found = verified(log.text());
  EXPECT_FALSE(found.verdicts.at(0).authentication.host_cryptogram_right);
  EXPECT_FALSE(found.verdicts[0].authentication.mac_right);
  EXPECT_FALSE(found.verdicts[0].right());
  EXPECT_THAT(found.wrong, ElementsAre("3: EXTERNAL AUTHENTICATE: the host cryptogram is wrong",
                                       "3: EXTERNAL AUTHENTICATE: the C-MAC is wrong"));
}

/// A C-MAC as a program makes it that has the specification wrong.
std::string mistaken(const ChannelLog& log, std::string_view header, std::string_view start) {
  const auto counter = to_bytes(ByteView(log.card().card_challenge()).first(2));
  gp::RetailMac mac(gp::Scp02::session_keys(log.keys(), counter).mac);
  const auto before =
      start.empty() ? to_bytes(ByteView(log.external_authenticate().data).last(8)) : hex(start);
  const auto first = start.empty() ? mac.encrypt_start(before) : before;
  return "> 84F240000A4F00" + to_hex(mac.compute(first, gp::pad80(concat({hex(header), hex("4F00")}), 8))) +
         "00\n";
}

TEST(Verify, MistakesOfProgramsAreNamed) {
  const ChannelLog log({});
  const auto zeros = verified(log.text() + mistaken(log, "84F240000A", "0000000000000000"));
  EXPECT_EQ(zeros.verdicts.at(0).commands, (Tally{.total = 1, .verified = 0}));
  EXPECT_EQ(zeros.verdicts[0].i, std::nullopt);
  EXPECT_THAT(zeros.wrong,
              ElementsAre("5: GET STATUS (applications): the C-MAC is right with an ICV of zeros"));
  const auto header = verified(log.text() + mistaken(log, "80F2400002", ""));
  EXPECT_THAT(header.wrong,
              ElementsAre("5: GET STATUS (applications): the C-MAC is right over the unmodified header"));
}

TEST(Verify, OneCommandWithAnotherIcvThanTheOthers) {
  auto encrypted = three_commands({.i = 0x15});
  const auto clear = three_commands({.i = 0x05});
  auto mixed = encrypted.lines();
  mixed.push_back(clear.lines().at(4));
  std::string text;
  for (const auto& line : mixed) text += line + "\n";
  const auto found = verified(text);
  EXPECT_EQ(found.verdicts.at(0).i, 0x15);
  EXPECT_EQ(found.verdicts[0].commands, (Tally{.total = 4, .verified = 3}));
}

TEST(Verify, ResponsesWithMacAndEncryption) {
  // Recording gpshell-26.
  const std::string text =
      "> 80500000087E7B7BD6BBACED6B00\n"
      "< 00000346020614090044010360DF5BF9B50B977F64D0E982BC2F7192A69000\n"
      "> 8482330010EAE9727A80E0C4ED6FD4D796189BFA61\n< 9000\n"
      "> 84F22002182E6E5F29A91803C860002029900ADB6B635596FC98472E2B00\n"
      "< E7044E45CF0177E526398B2DD243B6E48E68E4AA466468139000\n";
  const auto found = verified(text);
  EXPECT_EQ(found.verdicts.at(0).responses, (Tally{.total = 1, .verified = 1}));
  EXPECT_EQ(found.verdicts[0].decrypted_responses, 1U);
  EXPECT_THAT(found.decrypted,
              ElementsAre("5: GET STATUS (load files): command data 4F00",
                          "5: GET STATUS (load files): response data E30D4F07A00000015153509F700101"));
  auto wrong = text;
  wrong.replace(wrong.find("< E704"), 6, "< E604");
  const auto changed = verified(wrong);
  EXPECT_EQ(changed.verdicts.at(0).responses, (Tally{.total = 1, .verified = 0}));
  EXPECT_EQ(changed.verdicts[0].decrypted_responses, 0U);
  EXPECT_THAT(changed.wrong, ElementsAre("5: GET STATUS (load files): the R-MAC is wrong"));
  // What was encrypted of the command is gone: its header still has a name.
  wrong.replace(wrong.find("182E6E5F"), 8, "182E6E50");
  EXPECT_THAT(verified(wrong).wrong,
              ElementsAre("5: GET STATUS (load files): the C-MAC is wrong under every variant",
                          "5: GET STATUS (load files): the command data cannot be decrypted",
                          "5: GET STATUS (load files): the R-MAC is wrong"));
}

TEST(Verify, KeysPinsAndEncryptedStoreDataAreNotShown) {
  ChannelLog log({.level = 0x03});
  log.command({.cla = 0x80, .ins = 0xD8, .p1 = 0x01, .p2 = 0x81, .data = Bytes(30, 0xAB)});
  log.command({.cla = 0x80, .ins = 0xE2, .p1 = 0x60, .data = Bytes(20, 0xAB)});
  log.command({.cla = 0x00, .ins = 0x20, .p2 = 0x81, .data = hex("ABABABAB")});
  log.command({.cla = 0x80, .ins = 0xE2, .p1 = 0x80, .p2 = 0x01, .data = Bytes(20, 0xAB)});
  const auto found = verified(log.text());
  EXPECT_EQ(found.verdicts.at(0).commands, (Tally{.total = 4, .verified = 4}));
  EXPECT_THAT(found.decrypted,
              ElementsAre("5: PUT KEY (key version 1): command data 30 bytes, not shown",
                          "7: STORE DATA (block 0): command data 20 bytes, not shown",
                          "9: VERIFY: command data 4 bytes, not shown",
                          "11: STORE DATA (block 1, the last): command data 20 bytes, not shown"));
}

TEST(Verify, ManyChannelsAndThoseThatDoNotOpen) {
  const auto one = three_commands({}).text();
  const auto refused = "> 8050000008A0A1A2A3A4A5A6A700\n< 6A88\n";
  const auto begun = one.substr(0, one.find("> 8482"));
  const auto found = verified(one + refused + begun + one);
  ASSERT_EQ(found.verdicts.size(), 3U);
  EXPECT_EQ(found.verdicts[0].commands.verified, 3U);
  EXPECT_FALSE(found.verdicts[1].level);
  EXPECT_TRUE(found.verdicts[1].right());
  EXPECT_EQ(found.verdicts[1].line, 13U);
  EXPECT_EQ(found.verdicts[2].commands.verified, 3U);
}

TEST(Verify, SecuredCommandsWithoutExternalAuthenticate) {
  auto log = three_commands({});
  auto& lines = log.lines();
  auto damaged = lines;
  lines.erase(lines.begin() + 2, lines.begin() + 4);
  const auto missing = verified(log.text());
  ASSERT_EQ(missing.verdicts.size(), 1U);
  EXPECT_FALSE(missing.verdicts[0].level);
  EXPECT_EQ(missing.verdicts[0].commands, (Tally{.total = 3, .verified = 0}));
  EXPECT_FALSE(missing.verdicts[0].right());

  damaged.at(2).resize(damaged.at(2).size() - 2);
  log.lines() = damaged;
  const auto found = verified(log.text());
  EXPECT_THAT(found.wrong, ElementsAre("3: EXTERNAL AUTHENTICATE: it is cut or damaged"));
  EXPECT_EQ(found.verdicts.at(0).commands, (Tally{.total = 3, .verified = 0}));
  EXPECT_FALSE(found.verdicts[0].right());

  // Where the log ends with it, of any length.
  for (const std::size_t size : {"> 84820100"sv.size(), "> 8482010010"sv.size(), damaged[2].size()}) {
    log.lines() = {damaged.at(0), damaged.at(1), damaged.at(2).substr(0, size)};
    const auto cut = verified(log.text());
    ASSERT_EQ(cut.verdicts.size(), 1U) << size;
    EXPECT_EQ(cut.verdicts[0].commands, Tally{}) << size;
    EXPECT_FALSE(cut.verdicts[0].level) << size;
    EXPECT_FALSE(cut.verdicts[0].right()) << size;
  }
}

TEST(Verify, SecuredCommandsOfAnotherApplicationAreNotOfAChannelThatNeverOpened) {
  auto log = three_commands({});
  auto& lines = log.lines();
  lines.at(2) = "> 00A4040005A000000001";
  const auto found = verified(log.text());
  ASSERT_EQ(found.verdicts.size(), 1U);
  EXPECT_EQ(found.verdicts[0].commands, Tally{});
  EXPECT_TRUE(found.verdicts[0].right());
}

TEST(Verify, WhatTheTransmissionProtocolDidIsJoined) {
  ChannelLog log({});
  const auto answer = to_hex(log.card().answer());
  auto& lines = log.lines();
  lines.at(1) = "< 611C\n> 00C000001C\n< " + answer + "9000";
  log.command(kGetStatus, "6C10");
  lines.push_back(lines.at(4));
  lines.back().replace(lines.back().size() - 2, 2, "10");
  lines.push_back("< 9000");
  log.command(kGetData);
  const auto found = verified(log.text());
  EXPECT_EQ(found.verdicts.at(0).commands, (Tally{.total = 2, .verified = 2}));
  EXPECT_THAT(found.wrong, IsEmpty());
}

TEST(Verify, ChainedCommandHasOneMac) {
  ChannelLog log({});
  const auto open = log.text();
  log.command(kGetStatus);
  const auto whole = log.lines().at(4).substr(2);
  const auto data = whole.substr(10, 20);
  const auto found = verified(open + "Command --> 80F24000024F0000\nWrapped command --> " + whole +
                              "\nChained command --> 84F2C00006" + data.substr(0, 12) +
                              "\nChained response <-- 9000\nChained command --> 84F2400004" +
                              data.substr(12) + "00\nChained response <-- 9000\n");
  EXPECT_EQ(found.verdicts.at(0).commands, (Tally{.total = 1, .verified = 1}));
  EXPECT_THAT(found.wrong, IsEmpty());
}

TEST(Verify, PlainCommandOfTheLogMustBeTheOneThatWasSent) {
  ChannelLog log({.level = 0x03});
  const auto open = log.text();
  log.command(kGetStatus);
  const auto wrapped = "Wrapped command --> " + log.lines().at(4).substr(2) + "\nResponse <-- 9000\n";
  EXPECT_EQ(verified(open + "Command --> 80F24000024F0000\n" + wrapped).verdicts.at(0).commands.verified, 1U);
  const auto found = verified(open + "Command --> 80F24000024F0100\n" + wrapped);
  EXPECT_EQ(found.verdicts.at(0).commands.verified, 0U);
  EXPECT_THAT(found.wrong,
              ElementsAre("6: GET STATUS (applications): the log shows another plain command than "
                          "the one that was sent"));
}

bool all_right(const Collector& found) {
  return found.verdicts.size() == 1 && found.verdicts[0].right() && found.verdicts[0].commands.total == 3;
}

TEST(Verify, AnyWrongByteOfACommandIsNoticed) {
  constexpr std::size_t kDataColumn = 12;
  for (const unsigned level : {0x01U, 0x03U}) {
    const auto log = three_commands({.level = static_cast<std::uint8_t>(level)});
    const auto& good = log.lines();
    for (std::size_t at = 0; at < good.size(); ++at) {
      for (std::size_t column = 0; column < good[at].size(); ++column) {
        std::string text;
        for (std::size_t n = 0; n < good.size(); ++n) {
          text += good[n] + "\n";
          if (n == at) text.at(text.size() - 1 - good[n].size() + column) ^= 0x01;
        }
        const auto found = verified(text);
        // Nothing protects the Le and a response; a header may become another command's.
        const bool command = at % 2 == 0;
        if (command && column >= kDataColumn && column + 2 < good[at].size()) {
          EXPECT_FALSE(all_right(found)) << "line " << at + 1 << ", column " << column + 1;
        }
      }
    }
  }
}

}  // namespace
}  // namespace gpsh::sessions
