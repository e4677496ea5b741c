// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/command_chain.h"

#include <gtest/gtest.h>

#include "tests/virtualcard/channel_host.h"
#include "tests/virtualcard/content_host.h"

namespace gpsh::virtualcard {
namespace {

using test::ContentHost;

TEST(ContentSegments, SegmentsMakeOneCommand) {
  ContentHost host;
  EXPECT_EQ(host.load(), "009000");
  const auto data = test::fields({"E0E1E2E3E401", "E0E1E2E3E40101", "E0E1E2E3E4AA01", "00", "C900", ""});
  EXPECT_EQ(host.command("80E68C00", ByteView(data).first(10)), "9000");
  EXPECT_EQ(host.command("80E68C00", ByteView(data).subspan(10, 5)), "9000");
  EXPECT_EQ(host.command("80E60C00", ByteView(data).subspan(15)), "009000");
  EXPECT_NE(host.state().find_application(test::aid("E0E1E2E3E4AA01")), nullptr);
}

TEST(ContentSegments, AnotherCommandEndsIt) {
  ContentHost host;
  const auto object = make_tlv(0x4F, hex("D0D1D2D3D4D50101"));
  EXPECT_EQ(host.command("80E48000", ByteView(object).first(4)), "9000");
  EXPECT_EQ(host.send("80F28002024F0000"), "6985");
  EXPECT_EQ(host.command("80E40000", ByteView(object).subspan(4)), "6A80") << "the first half is forgotten";
  EXPECT_EQ(host.command("80E48000", ByteView(object).first(4)), "9000");
  EXPECT_EQ(host.command("80E40080", ByteView(object).subspan(4)), "6985") << "another P2";
  EXPECT_EQ(host.command("80E48000", ByteView(object).first(4)), "9000");
  EXPECT_EQ(host.command("80E40000", ByteView(object).subspan(4)), "009000");
}

TEST(ContentSegments, HasItsLimit) {
  ContentHost host;
  const Bytes part(255, 0x00);
  for (int i = 0; i < 16; ++i) EXPECT_EQ(host.command("80E68C00", part), "9000") << i;
  EXPECT_EQ(host.command("80E68C00", part), "6A86");
}

/// INSTALL [for install] with 300 bytes of application data.
Bytes long_install() {
  const auto parameters = make_tlv(0xC9, Bytes(300, 0x11));
  auto data = test::fields({"D0D1D2D3D4D501", "D0D1D2D3D4D50101", "D0D1D2D3D4D5AA01", "00"});
  append(data, hex("82"));
  append(data,
         {static_cast<std::uint8_t>(parameters.size() >> 8), static_cast<std::uint8_t>(parameters.size())});
  append(data, parameters);
  data.push_back(0x00);
  return data;
}

/// The wrapped command in segments of 200 bytes.
std::string send_in_segments(test::ChannelHost& host, const CommandApdu& wrapped) {
  std::string answer;
  for (ByteView rest = wrapped.data; !rest.empty();) {
    auto segment = wrapped;
    const auto size = std::min<std::size_t>(rest.size(), 200);
    segment.data = to_bytes(rest.first(size));
    rest = rest.subspan(size);
    if (!rest.empty()) segment.p1 |= 0x80;
    answer = host.send_bytes(segment.encode());
    if (!rest.empty()) {
      EXPECT_EQ(answer, "9000");
    }
  }
  return answer;
}

class ContentSegmentLevels : public testing::TestWithParam<std::uint8_t> {};

// GPCS 2.3.1 section 11.1.5.1: one MAC over the whole, the length in three bytes.
TEST_P(ContentSegmentLevels, OneMacIsOverTheWhole) {
  for (const auto options :
       {SecureChannelOptions{Protocol::scp01, 0x05}, SecureChannelOptions{Protocol::scp02, 0x15},
        SecureChannelOptions{Protocol::scp03, 0x70}}) {
    // The length that SCP01 encrypts has one byte (D.3.4): a long command cannot have it.
    if (options.protocol == Protocol::scp01 && GetParam() != 0x01) continue;
    test::ChannelHost host(options);
    ASSERT_EQ(host.open(GetParam()), "9000");
    const CommandApdu plain{.cla = 0x80, .ins = 0xE6, .p1 = 0x0C, .data = long_install()};
    const auto wrapped = host.protocol().wrap(plain, static_cast<SecurityLevel>(GetParam()));
    EXPECT_EQ(send_in_segments(host, wrapped), "009000");
    EXPECT_NE(host.state().find_application(test::aid("D0D1D2D3D4D5AA01")), nullptr);
    EXPECT_TRUE(host.send_wrapped("80F28002024F00").ends_with("9000")) << "and the session goes on";
  }
}

TEST_P(ContentSegmentLevels, AWrongMacEndsTheSession) {
  test::ChannelHost host(SecureChannelOptions{Protocol::scp03, 0x70});
  ASSERT_EQ(host.open(GetParam()), "9000");
  const CommandApdu plain{.cla = 0x80, .ins = 0xE6, .p1 = 0x0C, .data = long_install()};
  auto wrapped = host.protocol().wrap(plain, static_cast<SecurityLevel>(GetParam()));
  wrapped.data.back() ^= 0x01;
  EXPECT_EQ(send_in_segments(host, wrapped), "6982");
  EXPECT_EQ(host.send_bytes(host.wrap("80F28002024F00")), "6982");
}

INSTANTIATE_TEST_SUITE_P(All, ContentSegmentLevels, testing::Values(0x01, 0x03));

class ContentSegmentResponses : public testing::TestWithParam<std::uint8_t> {};

// Section 11.1.5.1: no R-MAC before the last segment, and the command it covers is the whole one.
TEST_P(ContentSegmentResponses, TheResponseMacIsOverTheWholeCommand) {
  const auto level = static_cast<SecurityLevel>(GetParam());
  test::ChannelHost host(SecureChannelOptions{Protocol::scp02, 0x35});
  ASSERT_EQ(host.open(GetParam()), "9000");
  const CommandApdu plain{.cla = 0x80, .ins = 0xE6, .p1 = 0x0C, .data = long_install()};
  const auto answer = send_in_segments(host, has_c_mac(level) ? host.protocol().wrap(plain, level) : plain);
  const auto response = ResponseApdu::parse(hex(answer));
  EXPECT_EQ(to_hex(host.protocol().unwrap(plain, response, ResponseProtection::r_mac).encode()), "009000");
  EXPECT_NE(host.state().find_application(test::aid("D0D1D2D3D4D5AA01")), nullptr);
  EXPECT_TRUE(host.send_wrapped("80F28002024F00").ends_with("9000")) << "and the session goes on";
}

INSTANTIATE_TEST_SUITE_P(All, ContentSegmentResponses, testing::Values(0x10, 0x11, 0x13));

}  // namespace
}  // namespace gpsh::virtualcard
