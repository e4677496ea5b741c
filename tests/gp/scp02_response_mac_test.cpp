// SPDX-License-Identifier: Apache-2.0
#include "gp/scp02_response_mac.h"

#include <gtest/gtest.h>

#include "tests/support/thrown_error.h"

namespace gpsh::gp {
namespace {

using test::thrown_error;

Secret session_key() {
  return Secret::from_hex("ADC1163BA2A147FBB84BF44C8676FB7D").value();
}

/// The card's chain, from the blocks of GPCS 2.3.1 Figure E-5 written out.
class CardChain {
 public:
  /// The R-MAC over the whole block; the chain moves on.
  Bytes over(std::string_view block) {
    chain_ = mac_.compute(chain_, pad80(hex(block), 8));
    return chain_;
  }

 private:
  RetailMac mac_{session_key()};
  Bytes chain_ = hex("1122334455667788");
};

class Scp02ResponseMacTest : public testing::Test {
 protected:
  static ResponseApdu response(std::string_view data, ByteView mac, std::uint16_t sw = 0x9000) {
    return {.data = concat({hex(data), mac}), .sw = StatusWord(sw)};
  }
  static ResponseApdu bare(std::uint16_t sw) { return {.data = {}, .sw = StatusWord(sw)}; }

  CardChain card;
  Scp02ResponseMac host{session_key(), hex("1122334455667788"), ResponseProtection::r_mac};
  const CommandApdu get_status{.cla = 0x80, .ins = 0xF2, .p1 = 0x40, .data = hex("4F00"), .le = 256};
  const CommandApdu get_data{.cla = 0x80, .ins = 0xCA, .p2 = 0x66, .le = 256};
};

TEST_F(Scp02ResponseMacTest, TakesCommandAndResponse) {
  host.sent(get_status);
  EXPECT_EQ(host.received(response("AABB", card.over("80F24000 02 4F00 02 AABB 9000"))).data, hex("AABB"));
  EXPECT_EQ(host.proof(), ResponseProof::verified);
  host.sent(get_data);
  EXPECT_TRUE(host.received(response("", card.over("80CA0066 00 00 6310"), 0x6310)).data.empty());
}

TEST_F(Scp02ResponseMacTest, TheLogicalChannelIsNotPartOfIt) {
  auto command = get_data;
  command.cla = 0x83;
  host.sent(command);
  EXPECT_NO_THROW(static_cast<void>(host.received(response("", card.over("80CA0066 00 00 9000")))));
}

TEST_F(Scp02ResponseMacTest, TheLengthIsCodedModulo256) {
  host.sent(get_data);
  const Bytes data(300, 0x11);
  const auto mac = card.over("80CA0066 00 2C" + to_hex(data) + "9000");
  EXPECT_EQ(host.received({.data = concat({data, mac}), .sw = StatusWord(0x9000)}).data, data);
}

TEST_F(Scp02ResponseMacTest, ErrorsWithAnRMacAreVerified) {
  host.sent(get_data);
  EXPECT_EQ(host.received(response("", card.over("80CA0066 00 00 6A88"), 0x6A88)), bare(0x6A88));
  EXPECT_EQ(host.proof(), ResponseProof::verified);
}

TEST_F(Scp02ResponseMacTest, EveryTamperedBitIsSeen) {
  const auto good = response("AABB", card.over("80F24000 02 4F00 02 AABB 9000"));
  for (std::size_t bit = 0; bit < good.data.size() * 8; ++bit) {
    Scp02ResponseMac fresh(session_key(), hex("1122334455667788"), ResponseProtection::r_mac);
    fresh.sent(get_status);
    auto tampered = good;
    tampered.data.at(bit / 8) ^= static_cast<std::uint8_t>(1U << bit % 8);
    EXPECT_EQ(thrown_error([&] { return fresh.received(tampered); }).code, "response-mac") << "bit " << bit;
  }
  host.sent(get_status);
  EXPECT_EQ(
      thrown_error([&] { return host.received({.data = good.data, .sw = StatusWord(0x6200)}); }).message,
      "the R-MAC of a response is wrong");
}

TEST_F(Scp02ResponseMacTest, SuccessWithoutAnRMacIsRefused) {
  for (const auto sw : std::initializer_list<std::uint16_t>{0x9000, 0x6200, 0x6310}) {
    host.sent(get_data);
    const auto error = thrown_error([&] { return host.received(bare(sw)); });
    EXPECT_EQ(error.kind, ErrorKind::security);
    EXPECT_EQ(error.message, "the card answered " + StatusWord(sw).text() + " without an R-MAC");
  }
}

TEST_F(Scp02ResponseMacTest, AnErrorWithoutAnRMacIsPassedAsUnauthenticated) {
  host.sent(get_data);
  EXPECT_EQ(host.received(bare(0x6A88)), bare(0x6A88));
  EXPECT_EQ(host.proof(), ResponseProof::unauthenticated);
}

TEST_F(Scp02ResponseMacTest, ThenACardThatCountedTheErrorIsFollowed) {
  for (int errors = 0; errors < 3; ++errors) {
    host.sent(get_data);
    static_cast<void>(host.received(bare(0x6A88)));
    static_cast<void>(card.over("80CA0066 00 00 6A88"));
  }
  for (int further = 0; further < 2; ++further) {
    host.sent(get_status);
    EXPECT_EQ(host.received(response("01", card.over("80F24000 02 4F00 01 01 9000"))).data, hex("01"));
  }
}

TEST_F(Scp02ResponseMacTest, ThenACardThatDidNotCountTheErrorIsFollowed) {
  for (int errors = 0; errors < 3; ++errors) {
    host.sent(get_data);
    static_cast<void>(host.received(bare(0x6A88)));
  }
  for (int further = 0; further < 2; ++further) {
    host.sent(get_status);
    EXPECT_EQ(host.received(response("01", card.over("80F24000 02 4F00 01 01 9000"))).data, hex("01"));
  }
}

TEST_F(Scp02ResponseMacTest, OnceSettledTheOtherChainIsForgotten) {
  host.sent(get_data);
  static_cast<void>(host.received(bare(0x6A88)));
  CardChain uncounted;
  static_cast<void>(card.over("80CA0066 00 00 6A88"));
  host.sent(get_status);
  static_cast<void>(host.received(response("", card.over("80F24000 02 4F00 00 9000"))));
  static_cast<void>(uncounted.over("80F24000 02 4F00 00 9000"));
  host.sent(get_status);
  const auto wrong = response("", uncounted.over("80F24000 02 4F00 00 9000"));
  EXPECT_EQ(thrown_error([&] { return host.received(wrong); }).code, "response-mac");
}

TEST_F(Scp02ResponseMacTest, SilentSessionsCountEverything) {
  Scp02ResponseMac silent(session_key(), hex("1122334455667788"), ResponseProtection::at_end);
  silent.sent(get_status);
  const ResponseApdu plain{.data = hex("AABB"), .sw = StatusWord(0x9000)};
  EXPECT_EQ(silent.received(plain), plain);
  EXPECT_EQ(silent.proof(), ResponseProof::not_asked);
  silent.sent(get_data);
  static_cast<void>(silent.received(bare(0x6A88)));
  static_cast<void>(card.over("80F24000 02 4F00 02 AABB 9000"));
  const auto current = card.over("80CA0066 00 00 6A88");
  EXPECT_FALSE(silent.is_current(Bytes(8)));
  EXPECT_FALSE(silent.is_current({}));
  EXPECT_TRUE(silent.is_current(current));
  EXPECT_EQ(silent.proof(), ResponseProof::verified);
}

}  // namespace
}  // namespace gpsh::gp
