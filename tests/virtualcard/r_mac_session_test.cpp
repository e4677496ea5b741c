// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <array>

#include "tests/virtualcard/channel_host.h"

namespace gpsh::virtualcard {
namespace {

using test::ChannelHost;

constexpr std::string_view kGetData = "80CADF2000";
constexpr std::string_view kBegin = "807A100105 0411223344";
constexpr std::string_view kEnd = "8078000300";
const std::string kAnswer = "DF2081C8" + to_hex(Bytes(200, 0xA5)) + "9000";

constexpr SecureChannelOptions kScp02{.protocol = Protocol::scp02, .i = 0x35};
constexpr SecureChannelOptions kImplicit{.protocol = Protocol::scp02, .i = 0x3A};
constexpr SecureChannelOptions kScp03{.protocol = Protocol::scp03, .i = 0x70};

/// BEGIN R-MAC SESSION as the first pair of SCP02's chain (GPCS 2.3.1 E.4.5).
void begin_scp02(ChannelHost& host, std::string_view begin) {
  EXPECT_EQ(host.send_wrapped(begin), "9000");
  host.scp02().begin_r_macs(host.state().default_key_set().sequence_counter);
  host.scp02().count_in(CommandApdu::parse(hex(begin)), {.data = {}, .sw = StatusWord(0x9000)});
}

TEST(RMacSession, Scp02WithAnRMacInEveryResponse) {
  for (const auto level : std::to_array<std::uint8_t>({0x00, 0x01, 0x03})) {
    ChannelHost host(kScp02);
    ASSERT_EQ(host.open(level), "9000");
    begin_scp02(host, kBegin);
    host.expect_responses(ResponseProtection::r_mac);
    EXPECT_EQ(host.send_wrapped(kGetData), kAnswer);
    EXPECT_EQ(host.send_wrapped("80CA006700"), "6A88") << "errors too";
    EXPECT_EQ(host.send_wrapped(kGetData), kAnswer);
    host.expect_responses(ResponseProtection::none);
    EXPECT_EQ(host.send_wrapped("8078000100"), to_hex(host.scp02().r_mac()) + "9000");
    host.expect_responses(ResponseProtection::r_mac);
    EXPECT_EQ(host.send_wrapped(kGetData), kAnswer) << "only the R-MAC was asked for";
    host.expect_responses(ResponseProtection::none);
    EXPECT_EQ(host.send_wrapped(kEnd), to_hex(host.scp02().r_mac()) + "9000");
    EXPECT_EQ(host.send_wrapped(kGetData), kAnswer);
    EXPECT_EQ(host.send_wrapped(kEnd), "6985");
  }
}

TEST(RMacSession, Scp02WithOneRMacAtTheEnd) {
  ChannelHost host(kScp02);
  ASSERT_EQ(host.open(0x03), "9000");
  begin_scp02(host, "807A000101 00");
  host.expect_responses(ResponseProtection::counted_in);
  EXPECT_EQ(host.send_wrapped(kGetData), kAnswer);
  EXPECT_EQ(host.send_wrapped("80CA006700"), "6A88");
  host.expect_responses(ResponseProtection::none);
  EXPECT_EQ(host.send_wrapped(kEnd), to_hex(host.scp02().r_mac()) + "9000");
}

TEST(RMacSession, Scp02Refusals) {
  ChannelHost host(kScp02);
  EXPECT_EQ(host.send(kBegin), "6982");
  EXPECT_EQ(host.send(kEnd), "6982");
  ASSERT_EQ(host.open(0x01), "9000");
  EXPECT_EQ(host.send_wrapped("807A300101 00"), "6A86");
  EXPECT_EQ(host.send_wrapped("807A100201 00"), "6A86");
  EXPECT_EQ(host.send_wrapped("807A100102 0211"), "6A80");
  EXPECT_EQ(host.send_wrapped("807A10011A 19" + std::string(50, '0')), "6A80") << "24 bytes at most";
  EXPECT_EQ(host.send_wrapped(kEnd), "6985");
  begin_scp02(host, kBegin);
  host.expect_responses(ResponseProtection::r_mac);
  EXPECT_EQ(host.send_wrapped(kBegin), "6985");
  EXPECT_EQ(host.send_wrapped("8078010300"), "6A86");
  EXPECT_EQ(host.send_wrapped(kGetData), kAnswer);

  ASSERT_EQ(host.open(0x11), "9000");
  EXPECT_EQ(host.send_wrapped(kBegin), "6985") << "the session has it";
  EXPECT_EQ(host.send_wrapped(kGetData), kAnswer);
}

TEST(RMacSession, WithoutRMacInIThereIsNone) {
  for (const SecureChannelOptions options : {SecureChannelOptions{.protocol = Protocol::scp01, .i = 0x15},
                                             SecureChannelOptions{.protocol = Protocol::scp02, .i = 0x15},
                                             SecureChannelOptions{.protocol = Protocol::scp03, .i = 0x10}}) {
    ChannelHost host(options);
    EXPECT_EQ(host.send(kBegin), "6D00");
    ASSERT_EQ(host.open(0x01), "9000");
    EXPECT_EQ(host.send_wrapped(kBegin), "6D00");
    EXPECT_EQ(host.send_wrapped(kEnd), "6D00");
  }
}

TEST(RMacSession, ImplicitScp02) {
  ChannelHost host(kImplicit);
  EXPECT_EQ(host.send(kBegin), "6982");
  host.start_implicitly();
  begin_scp02(host, kBegin);
  host.expect_responses(ResponseProtection::r_mac);
  EXPECT_EQ(host.send_wrapped(kGetData), kAnswer);
  EXPECT_EQ(host.send_wrapped("80CA006700"), "6A88");
  host.expect_responses(ResponseProtection::none);
  EXPECT_EQ(host.send_wrapped(kEnd), to_hex(host.scp02().r_mac()) + "9000");
}

// GPCS 2.3.1 E.1.6: the R-MAC indicator remains as it is.
TEST(RMacSession, ImplicitScp02KeepsItWhenTheOtherSessionEnds) {
  ChannelHost host(kImplicit);
  host.start_implicitly();
  begin_scp02(host, kBegin);
  auto wrong = host.wrap(kGetData);
  wrong.at(6) ^= 0x01;
  EXPECT_EQ(host.send_bytes(wrong), "6982");
  const auto plain = CommandApdu::parse(hex(kGetData));
  const auto response = ResponseApdu::parse(host.card().transmit(plain.encode()));
  EXPECT_EQ(to_hex(host.scp02().unwrap(plain, response, ResponseProtection::r_mac).encode()), kAnswer);
}

TEST(RMacSession, SelectEndsIt) {
  ChannelHost host(kImplicit);
  host.start_implicitly();
  begin_scp02(host, kBegin);
  EXPECT_TRUE(host.send("00A4040000").starts_with("6F"));
  EXPECT_EQ(host.send(kGetData), kAnswer);
}

TEST(RMacSession, Scp03RaisesTheProtectionAndReturns) {
  struct Case {
    std::uint8_t level;
    std::string_view begin;
    ResponseProtection before;
    ResponseProtection during;
  };
  for (const auto& [level, begin, before, during] :
       {Case{0x01, "807A100101 00", ResponseProtection::none, ResponseProtection::r_mac},
        Case{0x03, "807A100101 00", ResponseProtection::none, ResponseProtection::r_mac},
        Case{0x03, "807A300101 00", ResponseProtection::none, ResponseProtection::r_encryption_r_mac},
        Case{0x13, "807A300101 00", ResponseProtection::r_mac, ResponseProtection::r_encryption_r_mac}}) {
    SCOPED_TRACE(to_hex(level) + " " + std::string(begin));
    ChannelHost host(kScp03);
    ASSERT_EQ(host.open(level), "9000");
    EXPECT_EQ(host.send_wrapped(begin), "9000") << "with the protection from before";
    host.expect_responses(during);
    EXPECT_EQ(host.send_wrapped(kGetData), kAnswer);
    EXPECT_EQ(host.send_wrapped("80CA006700"), "6A88");
    EXPECT_EQ(host.send_wrapped("8078000100"), "6A86");
    EXPECT_EQ(host.send_wrapped(kGetData), kAnswer);
    EXPECT_EQ(host.send_wrapped(kEnd), "9000") << "the last with it";
    host.expect_responses(before);
    EXPECT_EQ(host.send_wrapped(kGetData), kAnswer);
    EXPECT_EQ(host.send_wrapped(kEnd), "6985");
  }
}

// AmdD 7.1.3.7.
TEST(RMacSession, Scp03RefusesWithoutAborting) {
  struct Case {
    std::uint8_t level;
    std::string_view begin;
  };
  for (const auto& [level, begin] :
       {Case{0x00, "807A100101 00"}, Case{0x01, "807A300101 00"}, Case{0x11, "807A100101 00"},
        Case{0x11, "807A300101 00"}, Case{0x33, "807A100101 00"}, Case{0x33, "807A300101 00"}}) {
    SCOPED_TRACE(to_hex(level) + " " + std::string(begin));
    ChannelHost host(kScp03);
    ASSERT_EQ(host.open(level), "9000");
    EXPECT_EQ(host.send_wrapped(begin), "6985");
    EXPECT_EQ(host.send_wrapped(kGetData), kAnswer);
  }
  ChannelHost without_encryption({.protocol = Protocol::scp03, .i = 0x20});
  ASSERT_EQ(without_encryption.open(0x03), "9000");
  EXPECT_EQ(without_encryption.send_wrapped("807A300101 00"), "6A86");
  EXPECT_EQ(without_encryption.send_wrapped("807A000101 00"), "6A86") << "SCP02 has 00";
}

TEST(RMacSession, Scp03AWrongMacAborts) {
  ChannelHost host(kScp03);
  ASSERT_EQ(host.open(0x03), "9000");
  ASSERT_EQ(host.send_wrapped("807A100101 00"), "9000");
  auto end = host.wrap(kEnd);
  end.at(6) ^= 0x01;
  EXPECT_EQ(host.send_bytes(end), "6982");
  EXPECT_EQ(host.send(kGetData), "6982");
}

}  // namespace
}  // namespace gpsh::virtualcard
