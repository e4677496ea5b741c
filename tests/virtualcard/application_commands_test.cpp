// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/application_commands.h"

#include <gtest/gtest.h>

#include "tests/support/thrown_error.h"
#include "tests/virtualcard/content_host.h"

namespace gpsh::virtualcard {
namespace {

using test::ContentHost;

std::string text(std::string_view behaviour) {
  return R"({"kind": "profile", "extends": "generic-scp02", "name": "p", "behaviours": [)" +
         std::string(behaviour) + "]}";
}
Profile with(std::string_view behaviour) {
  return parse_profile(text(behaviour), "p.json");
}

constexpr std::string_view kBehaviour = R"({"module": "E0E1E2E3E40101", "secure_channel": true, "answers": [
    {"command": "80100000", "answer": "C0FFEE"},
    {"command": "8011....*", "sw": "6283"},
    {"command": "8020*", "gives": "echo"},
    {"command": "80300000", "gives": "counter"},
    {"command": "8040*", "gives": "echo", "needs": "session"}]})";
constexpr std::string_view kSelect = "00A4040007E0E1E2E3E4AA01";

/// The applet is loaded, installed and selected.
ContentHost selected() {
  ContentHost host(with(kBehaviour));
  EXPECT_EQ(host.load(), "009000");
  EXPECT_EQ(host.make_application("E0E1E2E3E4AA01"), "009000");
  EXPECT_TRUE(host.send(kSelect).ends_with("9000"));
  return host;
}

TEST(ApplicationCommands, AnswersByPattern) {
  auto host = selected();
  EXPECT_EQ(host.send("8010000000"), "C0FFEE9000");
  EXPECT_EQ(host.send("801000000101"), "6D00") << "the pattern has no data";
  EXPECT_EQ(host.send("8011ABCD020102"), "6283");
  EXPECT_EQ(host.send("8020000003AABBCC"), "AABBCC9000");
  EXPECT_EQ(host.send("8060000100"), "6D00");
  EXPECT_EQ(host.send("00B0000000"), "6D00");
}

TEST(ApplicationCommands, TheCounterIsKept) {
  auto host = selected();
  EXPECT_EQ(host.send("8030000000"), "000000019000");
  EXPECT_EQ(host.send("8030000000"), "000000029000");
  host.card().reset();
  EXPECT_TRUE(host.send(kSelect).ends_with("9000"));
  EXPECT_EQ(host.send("8030000000"), "000000039000");
}

TEST(ApplicationCommands, ASecureChannelWithItsDomainsKeys) {
  auto host = selected();
  EXPECT_EQ(host.send("804000000101"), "6982");
  host.open(0x03);
  EXPECT_EQ(host.send_wrapped("8040000003010203"), "0102039000");
  auto wrong = host.wrap("8040000003010203");
  wrong.back() ^= 0x01;
  EXPECT_EQ(host.send_bytes(wrong), "6982");
  EXPECT_EQ(host.send("8010000000"), "6982") << "the session is aborted";
  EXPECT_TRUE(host.send(kSelect).ends_with("9000"));
  EXPECT_EQ(host.send("8010000000"), "C0FFEE9000");
}

TEST(ApplicationCommands, WithoutBehaviourNothingIsKnown) {
  ContentHost host;
  EXPECT_TRUE(host.send("00A4040008D0D1D2D3D4D50101").ends_with("9000"));
  EXPECT_EQ(host.send("00B0000000"), "6D00");
  EXPECT_EQ(host.send("80500000080102030405060708"), "6E00");
}

std::string complaint(std::string_view behaviour) {
  const auto error = test::thrown_error([&] { return with(behaviour); });
  return std::string(error.code) + ": " + error.message;
}

TEST(ApplicationCommands, ComplaintsAboutTheProfile) {
  EXPECT_EQ(
      complaint(R"({"module": "E0E1E2E3E40101", "answers": [{"command": "80xx"}]})"),
      "bad-profile: p.json: behaviours[0].answers[0].command must be hex digits and dots, with * at the end "
      "where more may follow");
  EXPECT_EQ(
      complaint(
          R"({"module": "E0E1E2E3E40101", "answers": [{"command": "80", "gives": "echo", "answer": "00"}]})"),
      "bad-profile: p.json: behaviours[0].answers[0].answer is for a fixed answer only");
}

}  // namespace
}  // namespace gpsh::virtualcard
