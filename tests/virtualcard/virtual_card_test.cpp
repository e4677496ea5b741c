// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/virtual_card.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/virtualcard/card_host.h"

namespace gpsh::virtualcard {
namespace {

using test::CardHost;

TEST(VirtualCard, TheIssuerSecurityDomainIsSelectedAfterReset) {
  CardHost host("generic-scp02");
  EXPECT_TRUE(host.send("80CA00C100").ends_with("9000"));
  EXPECT_TRUE(host.send("00A4040008D0D1D2D3D4D50101").ends_with("9000"));
  EXPECT_EQ(host.send("80CA00C100"), "6E00");
  host.card().reset();
  EXPECT_TRUE(host.send("80CA00C100").ends_with("9000"));
}

TEST(VirtualCard, DescribesItself) {
  CardHost host("generic-scp02");
  const auto info = host.card().describe();
  EXPECT_EQ(info.reader, "gpsh Virtual Card 00");
  EXPECT_EQ(info.protocol, TransmissionProtocol::t1);
  EXPECT_EQ(to_hex(info.atr), "3BD518FF8191FE1FC38073C821100A");
}

TEST(VirtualCard, ClassBytes) {
  CardHost host("generic-scp02");
  for (const auto channel : {"81CA006600", "02CA006600", "C0CA006600", "4FA4040000"}) {
    EXPECT_EQ(host.send(channel), "6881") << channel;
  }
  EXPECT_EQ(host.send("FFCA006600"), "6E00");
  EXPECT_EQ(host.send("A0A4000002 3F00"), "6E00");
  EXPECT_EQ(host.send("90CA006600"), "6884") << "command chaining";
  EXPECT_EQ(host.send("0CA4040000"), "6882") << "ISO secure messaging";
  EXPECT_EQ(host.send("88CA006600"), "6882");
}

TEST(VirtualCard, Instructions) {
  CardHost host("generic-scp02");
  EXPECT_EQ(host.send("00B0000000"), "6D00");
  EXPECT_EQ(host.send("80EE0000024F00"), "6D00");
  EXPECT_EQ(host.send("00CC2F00025C0000"), "6D00");
}

TEST(VirtualCard, Lengths) {
  CardHost host("generic-scp02");
  for (const auto bytes : {"", "00", "00A404", "00A4040005A000", "00A40400000000A0", "00A40400000005A0"}) {
    EXPECT_EQ(host.send(bytes), "6700") << bytes;
  }
  EXPECT_EQ(host.send("80CA0066000000"), host.send("80CA006600")) << "extended Le";
  EXPECT_EQ(host.send("00A404000000 08A000000003000000"), host.send("00A4040008A000000003000000"));
  EXPECT_EQ(host.send("00A404000000 08A0000000030000000100"), host.send("00A4040000"));
}

TEST(VirtualCard, AnExtendedCommandHasNoMac) {
  CardHost host("generic-scp02");
  host.open(0x01);
  auto command = hex("84F28002000200");
  command.resize(command.size() + 0x200, 0x4F);
  EXPECT_EQ(host.send_bytes(command), "6982");
}

TEST(VirtualCard, SurvivesEveryByteString) {
  CardHost host("generic-scp02");
  std::minstd_rand random(1);
  const auto byte = [&] { return static_cast<std::uint8_t>(random() >> 8); };
  constexpr std::array<std::uint8_t, 9> instructions{0x50, 0x82, 0xA4, 0xCA, 0xF2, 0x70, 0xE4, 0xE6, 0xE8};
  constexpr std::array<std::uint8_t, 4> classes{0x00, 0x80, 0x84, 0x04};
  for (int i = 0; i < 20000; ++i) {
    if (i % 50 == 0) {
      host.card().reset();
      host.open(static_cast<std::uint8_t>(i / 50 % 2));
    }
    Bytes command(random() % 40);
    std::ranges::generate(command, byte);
    if (command.size() > 4 && i % 2 == 0) {
      command[0] = classes.at(random() % classes.size());
      command[1] = instructions.at(random() % instructions.size());
      command[4] = static_cast<std::uint8_t>(command.size() - 5);
    }
    const auto answer = host.card().transmit(command);
    ASSERT_GE(answer.size(), 2U);
    ASSERT_LE(answer.size(), 258U);
  }
}

TEST(VirtualCard, SurvivesTheLongestStrings) {
  CardHost host("generic-scp02");
  for (const std::uint8_t instruction : Bytes{0x50, 0x82, 0xA4, 0xCA, 0xE6, 0xF2}) {
    for (const std::size_t size : {65535U, 65536U, 65544U, 70000U}) {
      Bytes command(size, 0x00);
      command[0] = 0x80;
      command[1] = instruction;
      EXPECT_GE(host.card().transmit(command).size(), 2U);
      command[5] = 0xFF;
      command[6] = 0xFF;
      EXPECT_GE(host.card().transmit(command).size(), 2U);
    }
  }
}

TEST(VirtualCard, SystemRandomChallengesDiffer) {
  SystemRandom random;
  VirtualCard card(load_profile(kDefaultProfile), random);
  const auto challenge = [&] {
    const auto answer = card.transmit(hex("80500000080102030405060708"));
    return to_hex(ByteView(answer).subspan(14, 6));
  };
  EXPECT_NE(challenge(), challenge());
}

}  // namespace
}  // namespace gpsh::virtualcard
