// SPDX-License-Identifier: Apache-2.0
// R-MAC in SCP02 channels: levels, and sessions begun and ended in a channel.
#include <gtest/gtest.h>

#include "gp/r_mac_session.h"
#include "gp/scp02.h"
#include "tests/gp/channel_vectors.h"
#include "tests/support/thrown_error.h"

namespace gpsh::gp {
namespace {

using test::thrown_error;

const ResponseApdu kDone{.data = {}, .sw = StatusWord(0x9000)};
const CommandApdu kGetData{.cla = 0x80, .ins = 0xCA, .p2 = 0x66, .le = 256};

VectorSession session_of_the_jcop() {
  return VectorSession(test::read_vectors("tests/data/scp02.vec").at(0));
}

/// The card's R-MACs over blocks written out as GPCS 2.3.1 Figure E-5 has them.
class CardResponses {
 public:
  CardResponses(const VectorSession& session, std::string_view counter, Bytes start)
      : mac_(Scp02::response_mac_key(session.keys, hex(counter))), chain_(std::move(start)) {}

  Bytes over(std::string_view block) {
    chain_ = mac_.compute(chain_, pad80(hex(block), 8));
    return chain_;
  }
  ResponseApdu answer(std::string_view command, std::string_view data) {
    const auto bytes = hex(data);
    const auto mac = over(std::string(command) + to_hex(static_cast<std::uint8_t>(bytes.size())) +
                          std::string(data) + "9000");
    return {.data = concat({bytes, mac}), .sw = StatusWord(0x9000)};
  }

 private:
  RetailMac mac_;
  Bytes chain_;
};

Bytes c_mac_of(const CommandApdu& command) {
  return to_bytes(ByteView(command.data).last(8));
}

TEST(Scp02RMac, EveryLevelWithRMac) {
  const auto session = session_of_the_jcop();
  for (const auto level : std::initializer_list<std::uint8_t>{0x10, 0x11, 0x13}) {
    Scp02 channel(session.start(0x35, level));
    const auto authenticate = channel.external_authenticate();
    EXPECT_EQ(authenticate.p1, level);
    CardResponses card(session, "0002", c_mac_of(authenticate));
    for (int round = 0; round < 3; ++round) {
      static_cast<void>(channel.wrap(kGetData));
      EXPECT_EQ(channel.unwrap(card.answer("80CA006600", "660102")).data, hex("660102"));
      EXPECT_EQ(channel.response_proof(), ResponseProof::verified);
    }
  }
}

TEST(Scp02RMac, WithoutCMacTheCommandIsSentAsItIs) {
  const auto session = session_of_the_jcop();
  auto channel = opened<Scp02>(session.start(0x35, 0x10));
  EXPECT_EQ(channel.wrap(command_with(255)), command_with(255));
  EXPECT_EQ(channel.max_plain_data(255), 255U);
}

TEST(Scp02RMac, AFalseResponseEndsTheChannel) {
  const auto session = session_of_the_jcop();
  for (const std::size_t bytes : {0U, 7U, 8U, 20U}) {
    auto channel = opened<Scp02>(session.start(0x35, 0x11));
    static_cast<void>(channel.wrap(kGetData));
    const ResponseApdu response{.data = Bytes(bytes), .sw = StatusWord(0x9000)};
    EXPECT_EQ(thrown_error([&] { return channel.unwrap(response); }).code, "response-mac");
    const auto ended = thrown_error([&] { return channel.wrap(kGetData); });
    EXPECT_EQ(ended.code, "channel-ended");
    EXPECT_EQ(ended.kind, ErrorKind::security);
  }
}

TEST(Scp02RMac, AnErrorWithoutRMacDoesNotEndIt) {
  const auto session = session_of_the_jcop();
  Scp02 channel(session.start(0x35, 0x11));
  CardResponses card(session, "0002", c_mac_of(channel.external_authenticate()));
  static_cast<void>(channel.wrap(kGetData));
  const ResponseApdu refusal{.data = {}, .sw = StatusWord(0x6A88)};
  EXPECT_EQ(channel.unwrap(refusal), refusal);
  EXPECT_EQ(channel.response_proof(), ResponseProof::unauthenticated);
  static_cast<void>(channel.wrap(kGetData));
  EXPECT_EQ(channel.unwrap(card.answer("80CA006600", "01")).data, hex("01"));
}

// The card has counted on when the session begins, so its key is the next counter's (section E.4.1); its
// start is the C-MAC of EXTERNAL AUTHENTICATE (section E.3.2).
TEST(Scp02RMac, ASessionBegunInTheChannel) {
  const auto session = session_of_the_jcop();
  Scp02 channel(session.start(0x35, 0x03));
  CardResponses card(session, "0003", c_mac_of(channel.external_authenticate()));
  static_cast<void>(channel.wrap(kGetData));
  EXPECT_EQ(channel.unwrap(kDone), kDone);
  static_cast<void>(channel.wrap(begin_r_mac_session(hex("AABB"))));
  EXPECT_EQ(channel.unwrap(kDone), kDone);
  EXPECT_EQ(channel.level(), SecurityLevel(0x13));
  static_cast<void>(card.over("807A1001 03 02AABB 00 9000"));
  static_cast<void>(channel.wrap(kGetData));
  EXPECT_EQ(channel.unwrap(card.answer("80CA006600", "0102")).data, hex("0102"));
  static_cast<void>(channel.wrap(kGetData));
  const auto last = card.answer("80CA006600", "");
  static_cast<void>(channel.unwrap(last));
  static_cast<void>(channel.wrap(end_r_mac_session(SessionEnd::go_on)));
  EXPECT_EQ(channel.unwrap(last).data, last.data) << "END gives the R-MAC so far";
  EXPECT_EQ(channel.level(), SecurityLevel(0x13));
  static_cast<void>(channel.wrap(end_r_mac_session()));
  EXPECT_EQ(channel.unwrap(last).data, last.data);
  EXPECT_EQ(channel.response_proof(), ResponseProof::verified);
  EXPECT_EQ(channel.level(), SecurityLevel(0x03));
  static_cast<void>(channel.wrap(kGetData));
  EXPECT_EQ(channel.unwrap(kDone), kDone);
}

TEST(Scp02RMac, ASilentSessionIsProvenAtItsEnd) {
  const auto session = session_of_the_jcop();
  Scp02 channel(session.start(0x35, 0x01));
  CardResponses card(session, "0003", c_mac_of(channel.external_authenticate()));
  static_cast<void>(channel.wrap(begin_r_mac_session({}, ResponseProtection::at_end)));
  static_cast<void>(channel.unwrap(kDone));
  EXPECT_EQ(channel.level(), SecurityLevel(0x01));
  static_cast<void>(card.over("807A0001 01 00 00 9000"));
  static_cast<void>(channel.wrap(kGetData));
  const ResponseApdu plain{.data = hex("0102"), .sw = StatusWord(0x9000)};
  EXPECT_EQ(channel.unwrap(plain), plain);
  const auto mac = card.over("80CA0066 00 02 0102 9000");
  static_cast<void>(channel.wrap(end_r_mac_session()));
  EXPECT_EQ(channel.unwrap({.data = mac, .sw = StatusWord(0x9000)}).data, mac);
  EXPECT_EQ(channel.response_proof(), ResponseProof::verified);
}

TEST(Scp02RMac, AWrongEndEndsTheChannel) {
  const auto session = session_of_the_jcop();
  auto channel = opened<Scp02>(session.start(0x35, 0x01));
  static_cast<void>(channel.wrap(begin_r_mac_session({}, ResponseProtection::at_end)));
  static_cast<void>(channel.unwrap(kDone));
  static_cast<void>(channel.wrap(end_r_mac_session()));
  const auto error =
      thrown_error([&] { return channel.unwrap({.data = Bytes(8), .sw = StatusWord(0x9000)}); });
  EXPECT_EQ(error.message, "the R-MAC that END R-MAC SESSION returned is wrong");
  EXPECT_EQ(thrown_error([&] { return channel.wrap(kGetData); }).code, "channel-ended");
}

TEST(Scp02RMac, ARefusedSessionChangesNothing) {
  const auto session = session_of_the_jcop();
  auto channel = opened<Scp02>(session.start(0x35, 0x01));
  static_cast<void>(channel.wrap(begin_r_mac_session({})));
  static_cast<void>(channel.unwrap({.data = {}, .sw = StatusWord(0x6A88)}));
  static_cast<void>(channel.wrap(kGetData));
  EXPECT_EQ(channel.unwrap(kDone), kDone);
  EXPECT_EQ(channel.level(), SecurityLevel(0x01));
}

TEST(Scp02RMac, NoSessionWhenTheCounterIsAtItsEnd) {
  auto session = session_of_the_jcop();
  session.answer.card_challenge.at(0) = 0xFF;
  session.answer.card_challenge.at(1) = 0xFF;
  auto channel = opened<Scp02>(session.start(0x35, 0x01));
  auto calm = opened<Scp02>(session.start(0x35, 0x01));
  const auto error = thrown_error([&] { return channel.wrap(begin_r_mac_session({})); });
  EXPECT_EQ(error.code, "counter-exhausted");
  EXPECT_EQ(channel.wrap(kGetData), calm.wrap(kGetData)) << "the chain stays";
}

}  // namespace
}  // namespace gpsh::gp
