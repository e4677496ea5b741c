// SPDX-License-Identifier: Apache-2.0
// Every protocol, i and level that the specification has, on a card made for it.
#include <gtest/gtest.h>

#include <array>
#include <vector>

#include "tests/virtualcard/channel_host.h"

namespace gpsh::virtualcard {
namespace {

using test::ChannelHost;

constexpr std::string_view kGetStatus = "80F28002024F0000";
constexpr std::string_view kGetData = "80CADF2000";
constexpr unsigned kOctets = 256;

std::vector<SecureChannelOptions> specified(Protocol protocol) {
  std::vector<SecureChannelOptions> found;
  for (unsigned i = 0; i < kOctets; ++i) {
    const SecureChannelOptions options{.protocol = protocol, .i = static_cast<std::uint8_t>(i)};
    if (options.specified()) found.push_back(options);
  }
  return found;
}

/// The explicit ones of all protocols.
std::vector<SecureChannelOptions> all_explicit() {
  std::vector<SecureChannelOptions> all;
  for (const auto protocol : {Protocol::scp01, Protocol::scp02, Protocol::scp03}) {
    for (const auto& options : specified(protocol)) {
      if (options.explicit_initiation()) all.push_back(options);
    }
  }
  return all;
}

std::vector<SecureChannelOptions> all_implicit() {
  auto all = specified(Protocol::scp02);
  std::erase_if(all, [](const auto& options) { return options.explicit_initiation(); });
  return all;
}

std::string name_of(const testing::TestParamInfo<SecureChannelOptions>& test) {
  return "Scp" + to_hex(static_cast<std::uint8_t>(test.param.protocol)) + "I" + to_hex(test.param.i);
}

std::vector<std::uint8_t> levels_of(const SecureChannelOptions& options) {
  std::vector<std::uint8_t> levels;
  for (unsigned level = 0; level < kOctets; ++level) {
    if (options.level(static_cast<std::uint8_t>(level))) levels.push_back(static_cast<std::uint8_t>(level));
  }
  return levels;
}

/// STORE DATA with as much plain data as one short APDU carries at this level.
std::string largest_store_data(const SecureChannelOptions& options, std::uint8_t level) {
  std::size_t room = 255;
  if ((level & 0x01) != 0) room -= options.mac_bytes();
  if ((level & 0x02) != 0) {
    const std::size_t block = options.protocol == Protocol::scp03 ? 16 : 8;
    room -= room % block + 1;  // SCP01: the length byte, else the first byte of padding
  }
  return "80E28000" + to_hex(static_cast<std::uint8_t>(room)) + to_hex(Bytes(room, 0x77));
}

TEST(SecureChannelOptions, TheValuesOfI) {
  EXPECT_EQ(specified(Protocol::scp01).size(), 2U);
  EXPECT_EQ(specified(Protocol::scp02).size(), 16U + 8U);
  EXPECT_EQ(all_implicit().size(), 8U);
  EXPECT_EQ(specified(Protocol::scp03).size(), 12U);
  EXPECT_FALSE((SecureChannelOptions{.protocol = Protocol::scp02, .i = 0x0C}).specified());
  EXPECT_FALSE((SecureChannelOptions{.protocol = Protocol::scp02, .i = 0x4A}).specified());
  EXPECT_FALSE((SecureChannelOptions{.protocol = Protocol::scp03, .i = 0x40}).specified());
}

TEST(SecureChannelOptions, TheLevels) {
  using Levels = std::vector<std::uint8_t>;
  EXPECT_EQ(levels_of({.protocol = Protocol::scp01, .i = 0x15}), (Levels{0x00, 0x01, 0x03}));
  EXPECT_EQ(levels_of({.protocol = Protocol::scp02, .i = 0x15}), (Levels{0x00, 0x01, 0x03}));
  EXPECT_EQ(levels_of({.protocol = Protocol::scp02, .i = 0x35}),
            (Levels{0x00, 0x01, 0x03, 0x10, 0x11, 0x13}));
  EXPECT_EQ(levels_of({.protocol = Protocol::scp03, .i = 0x10}), (Levels{0x00, 0x01, 0x03}));
  EXPECT_EQ(levels_of({.protocol = Protocol::scp03, .i = 0x20}), (Levels{0x00, 0x01, 0x03, 0x11, 0x13}));
  EXPECT_EQ(levels_of({.protocol = Protocol::scp03, .i = 0x71}),
            (Levels{0x00, 0x01, 0x03, 0x11, 0x13, 0x33}));
}

class ExplicitProtocols : public testing::TestWithParam<SecureChannelOptions> {};

TEST_P(ExplicitProtocols, EveryLevelCarriesCommandsAndResponses) {
  for (const auto level : levels_of(GetParam())) {
    SCOPED_TRACE("level " + to_hex(level));
    ChannelHost host(GetParam());
    ASSERT_EQ(host.open(level), "9000");
    const auto status = host.send_wrapped(kGetStatus);
    EXPECT_TRUE(status.starts_with("E3") && status.ends_with("9000")) << status;
    const auto store = largest_store_data(GetParam(), level);
    EXPECT_EQ(host.send_wrapped(store), "9000");
    EXPECT_EQ(to_hex(host.state().stored_data), store.substr(10));
    EXPECT_EQ(host.send_wrapped(kGetData), "DF2081C8" + to_hex(Bytes(200, 0xA5)) + "9000");
    EXPECT_EQ(host.send_wrapped("80CA006700"), "6A88") << "an error in a session";
    EXPECT_EQ(host.send_wrapped("80F2100A024F0000"), "6A86");
    EXPECT_EQ(host.send_wrapped(kGetStatus), status) << "the chains went on";
    EXPECT_EQ(host.send_wrapped("80EE0000"), "6D00") << "no data, no Le";
    EXPECT_EQ(host.send_wrapped(kGetStatus), status);
  }
}

TEST_P(ExplicitProtocols, CommandsOfAnyLengthComeThrough) {
  for (const auto level : levels_of(GetParam())) {
    ChannelHost host(GetParam());
    ASSERT_EQ(host.open(level), "9000");
    const auto most = largest_store_data(GetParam(), level).size() / 2 - 5;
    for (std::size_t size = 1; size <= most; size += size < 40 ? 1 : 23) {
      const auto data = to_hex(Bytes(size, static_cast<std::uint8_t>(size)));
      ASSERT_EQ(host.send_wrapped("80E28000" + to_hex(static_cast<std::uint8_t>(size)) + data), "9000")
          << size;
      ASSERT_EQ(to_hex(host.state().stored_data), data);
    }
  }
}

TEST_P(ExplicitProtocols, OtherLevelsKeepNoSession) {
  for (unsigned level = 0; level < kOctets; ++level) {
    const auto p1 = static_cast<std::uint8_t>(level);
    if (GetParam().level(p1)) continue;
    ChannelHost host(GetParam());
    EXPECT_EQ(host.open(p1), "6A86") << level;
    EXPECT_EQ(host.send_bytes(host.external_authenticate(0x01)), "6985") << level;
    EXPECT_EQ(host.send(kGetStatus), "6982") << level;
  }
}

TEST_P(ExplicitProtocols, AHostChallengeOfAnotherLength) {
  ChannelHost host(GetParam());
  const std::size_t wrong = GetParam().mac_bytes() == 8 ? 16 : 8;
  EXPECT_EQ(host.send("80500000" + to_hex(static_cast<std::uint8_t>(wrong)) + to_hex(Bytes(wrong, 0x01))),
            "6700");
  EXPECT_EQ(host.send("80500000"), "6700");
  EXPECT_EQ(host.state().default_key_set().sequence_counter, 0U);
}

TEST_P(ExplicitProtocols, AWrongMacAborts) {
  for (const auto level : levels_of(GetParam())) {
    if (!has_c_mac(static_cast<SecurityLevel>(level))) continue;
    ChannelHost host(GetParam());
    ASSERT_EQ(host.open(level), "9000");
    auto command = host.wrap(kGetStatus);
    const auto right = command;
    command.at(command.size() - 2) ^= 0x01;
    EXPECT_EQ(host.send_bytes(command), "6982");
    EXPECT_EQ(host.send_bytes(right), "6982") << "aborted";
    EXPECT_EQ(host.send(kGetData), "6982");
    EXPECT_EQ(host.open(level), "9000");
    EXPECT_TRUE(host.send_wrapped(kGetStatus).ends_with("9000"));
  }
}

TEST_P(ExplicitProtocols, CommandsOutOfOrderAbort) {
  ChannelHost host(GetParam());
  ASSERT_EQ(host.open(0x01), "9000");
  const auto first = host.wrap(kGetStatus);
  const auto second = host.wrap(kGetData);
  EXPECT_EQ(host.send_bytes(second), "6982");
  EXPECT_EQ(host.send_bytes(first), "6982");
}

TEST_P(ExplicitProtocols, AReplayedCommandAborts) {
  ChannelHost host(GetParam());
  ASSERT_EQ(host.open(0x01), "9000");
  const auto command = host.wrap(kGetStatus);
  EXPECT_TRUE(host.send_bytes(command).ends_with("9000"));
  EXPECT_EQ(host.send_bytes(command), "6982");
}

TEST_P(ExplicitProtocols, AWrongCryptogramIsNotAWrongMac) {
  ChannelHost host(GetParam());
  ASSERT_EQ(host.initialize_update(), "9000");
  auto command = host.external_authenticate(0x01);
  command.at(5) ^= 0x01;
  EXPECT_EQ(host.send_bytes(command), "6300");
  ASSERT_EQ(host.initialize_update(), "9000");
  command = host.external_authenticate(0x01);
  command.back() ^= 0x01;
  EXPECT_EQ(host.send_bytes(command), "6982");
  EXPECT_EQ(host.send_bytes(command), "6985");
}

TEST_P(ExplicitProtocols, TheCounterEnds) {
  auto profile = test::profile_with(GetParam());
  const auto last = GetParam().last_sequence_counter();
  profile.card.issuer_security_domain.domain.key_sets.front().sequence_counter = last - 1;
  ChannelHost host(profile);
  EXPECT_EQ(host.open(0x01), "9000");
  if (!GetParam().has_sequence_counter()) {
    EXPECT_EQ(host.send_wrapped("80CA00C100"), "6A88");
    EXPECT_EQ(host.open(0x01), "9000");
    return;
  }
  EXPECT_EQ(host.send_wrapped("80CA00C100"),
            GetParam().protocol == Protocol::scp03 ? "C103FFFFFF9000" : "C102FFFF9000");
  EXPECT_EQ(host.open(0x01), "6985");
  EXPECT_EQ(host.state().default_key_set().sequence_counter, last);
}

TEST_P(ExplicitProtocols, TheCardTellsItsProtocol) {
  ChannelHost host(GetParam());
  const auto oid = "640B06092A864886FC6B04" + to_hex(static_cast<std::uint8_t>(GetParam().protocol)) +
                   to_hex(GetParam().i);
  EXPECT_NE(host.send("80CA006600").find(oid), std::string::npos);
  EXPECT_NE(host.send("00A4040000").find(oid), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(All, ExplicitProtocols, testing::ValuesIn(all_explicit()), name_of);

TEST(Protocols, Scp03CountsInitializeUpdateAndScp02TheFirstMac) {
  ChannelHost scp03({.protocol = Protocol::scp03, .i = 0x10});
  ASSERT_EQ(scp03.initialize_update(), "9000");
  ASSERT_EQ(scp03.initialize_update(), "9000");
  EXPECT_EQ(scp03.state().default_key_set().sequence_counter, 2U);
  ASSERT_EQ(scp03.open(0x01), "9000");
  EXPECT_EQ(scp03.state().default_key_set().sequence_counter, 3U);
  EXPECT_EQ(scp03.send_wrapped("80CA00C100"), "C1030000039000");

  ChannelHost scp02({.protocol = Protocol::scp02, .i = 0x55});
  ASSERT_EQ(scp02.initialize_update(), "9000");
  ASSERT_EQ(scp02.initialize_update(), "9000");
  EXPECT_EQ(scp02.state().default_key_set().sequence_counter, 0U);
  ASSERT_EQ(scp02.open(0x01), "9000");
  EXPECT_EQ(scp02.state().default_key_set().sequence_counter, 1U);
}

TEST(Protocols, EveryAesKeyLength) {
  for (const auto* name : {"scp03-i70", "generic-scp03-aes192", "scp03-aes256"}) {
    ChannelHost host(load_profile(name));
    ASSERT_EQ(host.open(0x33), "9000") << name;
    EXPECT_TRUE(host.send_wrapped(kGetData).ends_with("C5C6C79000")) << name;
  }
  EXPECT_EQ(ChannelHost(load_profile("generic-scp03-aes192")).send("80CA00E000"),
            "E012C00401018818C00402018818C004030188189000");
}

TEST(Protocols, OneBaseKeyIsOneEntryOfTheKeyInformation) {
  EXPECT_EQ(ChannelHost({.protocol = Protocol::scp02, .i = 0x04}).send("80CA00E000"), "E006C004010180109000");
}

TEST(Protocols, TheSecondProtocolHasItsKeySet) {
  auto profile = load_profile("scp03-i70");
  profile.secure_channels.push_back({.protocol = Protocol::scp02, .i = 0x15});
  auto des = load_profile("generic-scp02").card.issuer_security_domain.domain.key_sets.front();
  des.version = 0x20;
  profile.card.issuer_security_domain.domain.key_sets.push_back(des);
  ChannelHost host(profile);
  EXPECT_EQ(host.send("80502000080102030405060708").substr(20, 8), "20020000");
  EXPECT_EQ(host.send("80500000080102030405060708").substr(20, 6), "010370");
  EXPECT_NE(host.send("80CA006600").find("640B06092A864886FC6B040370640B06092A864886FC6B040215"),
            std::string::npos);
}

TEST(Protocols, Scp01TakesAKeyIdentifierInP2) {
  ChannelHost host({.protocol = Protocol::scp01, .i = 0x05});
  EXPECT_TRUE(host.send("80500001080102030405060708").ends_with("9000"));
  EXPECT_EQ(host.send("80500002080102030405060708"), "6A86");
}

// GET STATUS has more in store than a protected response holds: it comes in parts (GPCS 2.3.1 11.4.2.2).
TEST(Protocols, AListingLeavesRoomForItsProtection) {
  for (const auto level : std::to_array<std::uint8_t>({0x01, 0x11, 0x33})) {
    auto profile = test::profile_with({.protocol = Protocol::scp03, .i = 0x71});
    const auto application = profile.card.applications.front();
    for (int copies = 0; copies < 20; ++copies) profile.card.applications.push_back(application);
    ChannelHost host(profile);
    ASSERT_EQ(host.open(level), "9000");
    const auto wire = host.card().transmit(host.wrap("80F24002024F0000"));
    EXPECT_LE(wire.size(), 256U + 2U);
    EXPECT_GT(wire.size(), 200U);
    EXPECT_EQ(to_hex(ByteView(wire).last(2)), "6310");
  }
}

class ImplicitProtocols : public testing::TestWithParam<SecureChannelOptions> {};

TEST_P(ImplicitProtocols, TheFirstMacOpens) {
  ChannelHost host(GetParam());
  EXPECT_EQ(host.send("80500000080102030405060708"), "6D00");
  EXPECT_EQ(host.send(kGetStatus), "6982");
  EXPECT_TRUE(host.send(kGetData).ends_with("9000"));
  host.start_implicitly();
  const auto status = host.send_wrapped(kGetStatus);
  EXPECT_TRUE(status.starts_with("E3")) << status;
  EXPECT_EQ(host.state().default_key_set().sequence_counter, 1U);
  EXPECT_EQ(host.send_wrapped(largest_store_data(GetParam(), 0x01)), "9000");
  EXPECT_EQ(host.send_wrapped("80CA00C100"), "C10200019000");
  EXPECT_EQ(host.send_wrapped(kGetStatus), status);
  EXPECT_EQ(host.state().default_key_set().sequence_counter, 1U);
}

TEST_P(ImplicitProtocols, AfterACommandWithoutMacTheNextMacBeginsAnotherSession) {
  ChannelHost host(GetParam());
  host.start_implicitly();
  EXPECT_TRUE(host.send_wrapped(kGetStatus).starts_with("E3"));
  EXPECT_TRUE(host.send(kGetStatus).starts_with("E3")) << "the session goes on";
  const auto of_the_old_session = host.wrap(kGetStatus);
  host.start_implicitly();
  EXPECT_TRUE(host.send_wrapped(kGetStatus).starts_with("E3"));
  EXPECT_EQ(host.state().default_key_set().sequence_counter, 2U);
  EXPECT_EQ(host.send_bytes(of_the_old_session), "6982");
}

TEST_P(ImplicitProtocols, AWrongMacEndsTheSession) {
  ChannelHost host(GetParam());
  host.start_implicitly();
  auto command = host.wrap(kGetStatus);
  command.at(7) ^= 0x01;
  EXPECT_EQ(host.send_bytes(command), "6982");
  EXPECT_EQ(host.state().default_key_set().sequence_counter, 0U);
  host.start_implicitly();
  EXPECT_TRUE(host.send_wrapped(kGetStatus).starts_with("E3"));
  command = host.wrap(kGetStatus);
  command.at(7) ^= 0x01;
  EXPECT_EQ(host.send_bytes(command), "6982");
  EXPECT_EQ(host.send(kGetStatus), "6982") << "no session";
  EXPECT_TRUE(host.send(kGetData).ends_with("9000")) << "but not aborted either (E.1.6)";
  host.start_implicitly();
  EXPECT_TRUE(host.send_wrapped(kGetStatus).starts_with("E3"));
}

TEST_P(ImplicitProtocols, TheCounterEnds) {
  auto profile = test::profile_with(GetParam());
  profile.card.issuer_security_domain.domain.key_sets.front().sequence_counter = 0xFFFE;
  ChannelHost host(profile);
  host.start_implicitly();
  EXPECT_TRUE(host.send_wrapped(kGetStatus).starts_with("E3"));
  static_cast<void>(host.send(kGetData));
  host.start_implicitly();
  EXPECT_EQ(host.send_wrapped(kGetStatus), "6982");
  EXPECT_EQ(host.state().default_key_set().sequence_counter, 0xFFFFU);
}

INSTANTIATE_TEST_SUITE_P(All, ImplicitProtocols, testing::ValuesIn(all_implicit()), name_of);

}  // namespace
}  // namespace gpsh::virtualcard
