// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/card_channel.h"

#include <gtest/gtest.h>

#include "tests/virtualcard/card_host.h"

namespace gpsh::virtualcard {
namespace {

using test::CardHost;
using test::EmptyData;
using test::FixedRandom;

constexpr std::string_view kGetStatus = "80F28002024F0000";
constexpr std::string_view kGetCardData = "80CA006600";

// The whole opening as recording seed-04 has it: sequence counter 0002 is in the profile.
TEST(CardChannel, OpensAsTheRecordedJcop) {
  FixedRandom random("598DD3961BFD");
  VirtualCard card(load_profile("jcop-j2a040"), random);
  EXPECT_EQ(to_hex(card.transmit(hex("8050000008266C8E3C1069390500"))),
            "00001202102560956619FF020002598DD3961BFDCC97F9DF4F2A6CE29000");
  EXPECT_EQ(to_hex(card.transmit(hex("84820300105F64BB103F4F871921489BA9BF0BF834"))), "9000");
  EXPECT_EQ(card.state().default_key_set().sequence_counter, 3);
}

TEST(CardChannel, InitializeUpdateAnswersTheHost) {
  CardHost host("generic-scp02");
  EXPECT_EQ(host.initialize_update(), "9000");
  EXPECT_TRUE(host.card_cryptogram_ok());
  const auto answer = host.send("80500000080102030405060708");
  EXPECT_TRUE(
      answer.starts_with("00004750534800000001"
                         "0102"
                         "0000"
                         "112233445566"))
      << answer;
}

TEST(CardChannel, WithTheWellKnownChallengeNoRandomIsUsed) {
  CardHost host("scp02-i55");
  const auto answer = host.send("80500000080102030405060708");
  const Scp02Card protocol(host.state().default_key_set(), 0x55, host.state().issuer_security_domain.aid);
  EXPECT_EQ(answer.substr(28, 12), to_hex(protocol.pseudo_random_challenge()));
  host.open(0x03);
}

TEST(CardChannel, TheKeyVersionChoosesTheKeySet) {
  auto profile = load_profile("generic-scp02");
  profile.card.issuer_security_domain.domain.key_sets.push_back(
      profile.card.issuer_security_domain.domain.key_sets.front());
  profile.card.issuer_security_domain.domain.key_sets.back().version = 0x20;
  profile.card.issuer_security_domain.domain.key_sets.back().sequence_counter = 0x0777;
  CardHost host(std::move(profile));
  EXPECT_EQ(host.send("80500000080102030405060708").substr(20, 8), "01020000");
  EXPECT_EQ(host.send("80500100080102030405060708").substr(20, 8), "01020000");
  EXPECT_EQ(host.send("80502000080102030405060708").substr(20, 8), "20020777");
  EXPECT_EQ(host.send("80502100080102030405060708"), "6A88");
}

TEST(CardChannel, RefusesAMisshapenInitializeUpdate) {
  CardHost host("generic-scp02");
  EXPECT_EQ(host.send("80500000"), "6700");
  EXPECT_EQ(host.send("805000000701020304050607"), "6700");
  EXPECT_EQ(host.send("8050000010000102030405060708090A0B0C0D0E0F"), "6700");
  EXPECT_EQ(host.send("80500001080102030405060708"), "6A86");
  EXPECT_EQ(host.send("84500000080102030405060708"), "6E00");
  EXPECT_EQ(host.send("00500000080102030405060708"), "6E00");
}

class CardChannelLevels : public testing::TestWithParam<std::uint8_t> {};

TEST_P(CardChannelLevels, CommandsPassAndTheCounterMovesOnce) {
  CardHost host("generic-scp02");
  host.open(GetParam());
  EXPECT_EQ(host.state().default_key_set().sequence_counter, 1);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(host.send_wrapped(kGetStatus).ends_with("9000"));
  EXPECT_EQ(host.send_wrapped("00CA006600"), host.send_wrapped("00CA006600")) << "ISO class byte";
  EXPECT_EQ(host.send_wrapped("80EE000000"), "6D00") << "verified, then unknown";
  EXPECT_TRUE(host.send_wrapped(kGetStatus).ends_with("9000")) << "the chain went on";
  EXPECT_EQ(host.state().default_key_set().sequence_counter, 1);
}

INSTANTIATE_TEST_SUITE_P(All, CardChannelLevels, testing::Values(0x00, 0x01, 0x03));

TEST(CardChannel, BothFormsOfEmptyDataAreAccepted) {
  CardHost host("generic-scp02");
  host.open(0x03);
  EXPECT_TRUE(host.send_wrapped(kGetCardData, EmptyData::mac_only).ends_with("9000"));
  EXPECT_TRUE(host.send_wrapped(kGetCardData, EmptyData::encrypted_padding).ends_with("9000"));
  EXPECT_TRUE(host.send_wrapped(kGetCardData, EmptyData::mac_only).ends_with("9000"));
}

TEST(CardChannel, ExternalAuthenticateNeedsInitializeUpdate) {
  CardHost host("generic-scp02");
  EXPECT_EQ(host.send("848203001000112233445566778899AABBCCDDEEFF"), "6985");
  EXPECT_EQ(host.initialize_update(), "9000");
  const auto command = host.external_authenticate(0x01);
  EXPECT_EQ(host.send_bytes(command), "9000");
}

TEST(CardChannel, AWrongHostCryptogramIsNotAWrongMac) {
  CardHost host("generic-scp02");
  host.initialize_update();
  auto command = host.external_authenticate(0x01);
  command.at(5) ^= 0x01;
  EXPECT_EQ(host.send_bytes(command), "6300");
  EXPECT_EQ(host.send_bytes(command), "6985") << "INITIALIZE UPDATE is due again";

  host.initialize_update();
  command = host.external_authenticate(0x01);
  command.back() ^= 0x01;
  EXPECT_EQ(host.send_bytes(command), "6982");
  EXPECT_EQ(host.state().default_key_set().sequence_counter, 0);
}

// GPCS 2.3.1 E.1.2: the counter follows the C-MAC, not the cryptogram.
TEST(CardChannel, TheCounterMovesWithAValidMacEvenIfTheCryptogramIsWrong) {
  auto profile = load_profile("generic-scp02");
  const auto right = profile.card.issuer_security_domain.domain.key_sets.front();
  CardHost host(profile);
  host.initialize_update();
  const auto response = hex(host.send("80500000080102030405060708"));
  const auto mac_key = triple_des_encrypt(right.mac, hex("0101 0000 000000000000000000000000"));
  auto command = hex("8482010010 0000000000000000");
  append(command, single_des_mac(mac_key, Bytes(8, 0x00), command));
  EXPECT_EQ(host.send_bytes(command), "6300");
  EXPECT_EQ(host.state().default_key_set().sequence_counter, 1);
}

TEST(CardChannel, RefusesAMisshapenExternalAuthenticate) {
  CardHost host("generic-scp02");
  host.initialize_update();
  EXPECT_EQ(host.send("808201001000112233445566778899AABBCCDDEEFF"), "6E00");
  EXPECT_EQ(host.send("84820100080011223344556677"), "6700");
  for (const auto level : {"02", "04", "10", "11", "13", "33", "80"}) {
    host.initialize_update();
    EXPECT_EQ(host.send("8482" + std::string(level) + "001000112233445566778899AABBCCDDEEFF"), "6A86")
        << level;
  }
  host.initialize_update();
  EXPECT_EQ(host.send("848201011000112233445566778899AABBCCDDEEFF"), "6A86");
}

/// Ways to break the protection of GET STATUS.
struct Break {
  const char* name;
  std::uint8_t level;
  void (*apply)(Bytes& command);
};

class CardChannelAborts : public testing::TestWithParam<Break> {};

TEST_P(CardChannelAborts, UntilANewSession) {
  CardHost host("generic-scp02");
  host.open(GetParam().level);
  ASSERT_TRUE(host.send_wrapped(kGetStatus).ends_with("9000"));
  auto broken = host.wrap(kGetStatus);
  const auto right = broken;
  GetParam().apply(broken);
  EXPECT_EQ(host.send_bytes(broken), "6982");
  // GPCS 2.3.1 E.1.6: every command of an aborted session is refused, whatever its security.
  EXPECT_EQ(host.send_bytes(right), "6982");
  EXPECT_EQ(host.send(kGetStatus), "6982");
  EXPECT_EQ(host.send(kGetCardData), "6982");
  EXPECT_EQ(host.send_bytes(host.external_authenticate(0x01)), "6982");
  host.open(GetParam().level);
  EXPECT_TRUE(host.send_wrapped(kGetStatus).ends_with("9000"));
}

INSTANTIATE_TEST_SUITE_P(
    All, CardChannelAborts,
    testing::Values(
        Break{"wrong MAC", 0x01, [](Bytes& command) { command.at(command.size() - 2) ^= 0x80; }},
        Break{"wrong data", 0x01, [](Bytes& command) { command.at(5) ^= 0x01; }},
        Break{"wrong P1", 0x01, [](Bytes& command) { command.at(2) = 0x40; }},
        Break{"no MAC", 0x01, [](Bytes& command) { command = hex("80F28002024F0000"); }},
        Break{"no mark", 0x01, [](Bytes& command) { command.at(0) = 0x80; }},
        Break{"nothing", 0x01, [](Bytes& command) { command = hex("84F28002"); }},
        Break{"wrong ciphertext", 0x03, [](Bytes& command) { command.at(6) ^= 0x01; }},
        Break{"plain data", 0x03, [](Bytes& command) { command = hex("84F280020A4F000102030405060708"); }},
        Break{"no MAC at level 3", 0x03, [](Bytes& command) { command = hex("80F28002024F0000"); }}),
    [](const auto& test) {
      std::string name = test.param.name;
      std::erase(name, ' ');
      return name;
    });

TEST(CardChannel, SelectAndResetEndAnAbortedSession) {
  for (const bool select : {true, false}) {
    CardHost host("generic-scp02");
    host.open(0x01);
    EXPECT_EQ(host.send(kGetStatus), "6982");
    EXPECT_EQ(host.send(kGetCardData), "6982");
    if (select) {
      EXPECT_TRUE(host.send("00A4040000").ends_with("9000"));
    } else {
      host.card().reset();
    }
    EXPECT_TRUE(host.send(kGetCardData).ends_with("9000"));
    EXPECT_EQ(host.send(kGetStatus), "6982") << "no session";
  }
}

TEST(CardChannel, AnAttemptToInitializeEndsTheSession) {
  CardHost host("generic-scp02");
  host.open(0x01);
  EXPECT_EQ(host.send("80507700080102030405060708"), "6A88");
  EXPECT_EQ(host.send(kGetStatus), "6982");
  EXPECT_TRUE(host.send(kGetCardData).ends_with("9000")) << "ended, not aborted";
}

TEST(CardChannel, AnotherExternalAuthenticateInASession) {
  CardHost host("generic-scp02");
  host.open(0x01);
  EXPECT_EQ(host.send_wrapped("80820100080011223344556677"), "6985");
  EXPECT_TRUE(host.send_wrapped(kGetStatus).ends_with("9000"));
}

TEST(CardChannel, TheSequenceCounterNeverWraps) {
  auto profile = load_profile("generic-scp02");
  profile.card.issuer_security_domain.domain.key_sets.front().sequence_counter = 0xFFFE;
  CardHost host(profile);
  host.open(0x01);
  EXPECT_EQ(host.state().default_key_set().sequence_counter, 0xFFFF);
  EXPECT_EQ(host.initialize_update(), "6985");
}

Profile with_limit(CountAt count_at, unsigned limit) {
  auto profile = load_profile("generic-scp02");
  profile.authentication = {.count_at = count_at, .limit = limit};
  return profile;
}

TEST(CardChannel, CountingAtInitializeUpdate) {
  CardHost host(with_limit(CountAt::initialize_update, 3));
  host.initialize_update();
  host.initialize_update();
  host.open(0x01);
  EXPECT_EQ(host.state().issuer_security_domain.domain.failed_authentications, 0U) << "success sets it back";
  for (int i = 0; i < 3; ++i) EXPECT_EQ(host.initialize_update(), "9000");
  EXPECT_EQ(host.initialize_update(), "6983");
  host.card().reset();
  EXPECT_EQ(host.initialize_update(), "6983");
}

TEST(CardChannel, TheLastChallengeBeforeTheLimitMayBeAnswered) {
  CardHost host(with_limit(CountAt::initialize_update, 1));
  host.open(0x01);
  host.open(0x01);
  EXPECT_EQ(host.state().issuer_security_domain.domain.failed_authentications, 0U);
}

TEST(CardChannel, CountingAtExternalAuthenticate) {
  CardHost host(with_limit(CountAt::external_authenticate, 2));
  for (int i = 0; i < 10; ++i) EXPECT_EQ(host.initialize_update(), "9000");
  auto wrong = host.external_authenticate(0x01);
  wrong.at(5) ^= 0x01;
  EXPECT_EQ(host.send_bytes(wrong), "6300");
  host.open(0x01);
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(host.initialize_update(), "9000");
    wrong = host.external_authenticate(0x01);
    wrong.back() ^= 0x01;
    EXPECT_EQ(host.send_bytes(wrong), "6982");
  }
  EXPECT_EQ(host.initialize_update(), "6983");
}

TEST(CardChannel, ARefusedInitializeUpdateDoesNotCount) {
  CardHost host(with_limit(CountAt::initialize_update, 1));
  EXPECT_EQ(host.send("80507700080102030405060708"), "6A88");
  EXPECT_EQ(host.send("80500000"), "6700");
  EXPECT_EQ(host.state().issuer_security_domain.domain.failed_authentications, 0U);
}

TEST(CardChannel, TheKeysOfACardNotFusedAreNotTheTestKeys) {
  FixedRandom random("112233445566");
  VirtualCard card(load_profile("jcop-not-fused"), random);
  const auto answer = card.transmit(hex("80500000080102030405060708"));
  ASSERT_EQ(answer.size(), 30U);
  EXPECT_EQ(answer.at(10), 0xFF);
  auto keys = load_profile("generic-scp02").card.default_key_set();
  keys.sequence_counter = 0;
  const Scp02Card protocol(keys, 0x15, card.state().issuer_security_domain.aid);
  const auto with_test_keys = protocol.card_cryptogram(hex("0102030405060708"), hex("112233445566"));
  EXPECT_FALSE(equal(with_test_keys, ByteView(answer).subspan(20, 8)));
}

}  // namespace
}  // namespace gpsh::virtualcard
