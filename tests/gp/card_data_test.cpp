// SPDX-License-Identifier: Apache-2.0
#include "gp/card_data.h"

#include <gmock/gmock.h>

#include "core/error.h"
#include "core/tlv.h"
#include "tests/gp/session_fixture.h"
#include "tests/support/thrown_error.h"

namespace gpsh::gp {
namespace {

using test::thrown_error;
using testing::ElementsAre;
using testing::IsEmpty;

// The same card, asked twice: the FCI of recording seed-04 holds what recording gpshell-14's card has in GET
// DATA 0066.
constexpr auto kFci =
    "6F65 8408A000000003000000 A559 9F6501FF 9F6E06479100783300 734A 06072A864886FC6B01 "
    "600C060A2A864886FC6B02020101 "
    "63090607 2A864886FC6B03 640B06092A864886FC6B040215 650B06092B8510864864020103 "
    "660C060A2B060104012A026E0102";
constexpr auto kRecognition =
    "664C 734A 06072A864886FC6B01 600C060A2A864886FC6B02020101 63090607 2A864886FC6B03 "
    "640B06092A864886FC6B040215 "
    "650B06092B8510864864020103 660C060A2B060104012A026E0102";

/// A 66/73 with these objects in tag 73.
Bytes recognition(std::string_view objects) {
  return make_tlv(0x66, make_tlv(0x73, hex(objects)));
}

class GetDataTest : public SessionTest {};

TEST_F(GetDataTest, ReturnsTheDataAsSent) {
  card.expect("80CA9F7F00", "9F7F0101 9000");
  EXPECT_EQ(get_data(session, 0x9F7F), hex("9F7F0101"));
}

TEST_F(GetDataTest, ARefusalIsAnError) {
  card.expect("80CA00E000", "6A88");
  EXPECT_EQ(thrown_error([&] { return get_data(session, 0x00E0); }).message,
            "GET DATA was refused: 6A88, referenced data not found");
}

TEST(CardData, OfARealCard) {
  for (const auto* text : {kFci, kRecognition}) {
    const auto data = parse_card_recognition_data(hex(text));
    EXPECT_EQ(data.version, "2.1.1");
    EXPECT_THAT(data.protocols, ElementsAre(ScpOption{.scp = 2, .i = {0x15}}));
    EXPECT_EQ(data.card_configuration, (RecognitionDetail{.oid = "1.3.656.840.100.2.1.3", .data = {}}));
    EXPECT_EQ(data.card_chip, (RecognitionDetail{.oid = "1.3.6.1.4.1.42.2.110.1.2", .data = {}}));
    EXPECT_FALSE(data.trust_point);
    EXPECT_FALSE(data.certificate);
  }
}

// The card of recording gpshell-08 has two tags 64 and SCP80.
TEST(CardData, OneTagForEachProtocol) {
  EXPECT_THAT(announced_protocols(recognition("640B06092A864886FC6B040255 640B06092A864886FC6B048000")),
              ElementsAre(ScpOption{.scp = 2, .i = {0x55}}, ScpOption{.scp = 0x80, .i = {0x00}}));
}

TEST(CardData, SeveralProtocolsInOneTag) {
  EXPECT_THAT(announced_protocols(recognition("6416 06092A864886FC6B040215 06092A864886FC6B040370")),
              ElementsAre(ScpOption{.scp = 2, .i = {0x15}}, ScpOption{.scp = 3, .i = {0x70}}));
}

TEST(CardData, ProtocolWithoutImplementation) {
  const auto protocols = announced_protocols(recognition("640A 0608 2A864886FC6B0402"));
  EXPECT_THAT(protocols, ElementsAre(ScpOption{.scp = 2, .i = {}}));
  EXPECT_FALSE(protocols.front().implementation());
}

TEST(CardData, OtherOidsAreNoProtocols) {
  EXPECT_THAT(announced_protocols(recognition("640B 06092A864886FC6B050215 6409 06072A864886FC6B04 6400")),
              IsEmpty());
}

TEST(CardData, WithoutRecognitionDataNothingIsAnnounced) {
  EXPECT_THAT(announced_protocols({}), IsEmpty());
  EXPECT_THAT(announced_protocols(hex("6F108408A000000151000000A5049F6501FF")), IsEmpty());
  EXPECT_EQ(thrown_error([] { return parse_card_recognition_data(hex("6F028400")); }).code, "bad-response");
}

TEST(CardData, EveryTruncationIsRefused) {
  const auto whole = hex(kRecognition);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto part = ByteView(whole).first(size);
    const auto error = thrown_error([&] { return parse_card_recognition_data(part); });
    EXPECT_EQ(error.code, "bad-response") << size;
    EXPECT_EQ(error.kind, ErrorKind::card) << size;
  }
}

TEST(CardData, ImplementationInBase128) {
  EXPECT_EQ((ScpOption{.scp = 2, .i = {0x55}}.implementation()), 0x55);
  EXPECT_EQ((ScpOption{.scp = 3, .i = {0x81, 0x00}}.implementation()), 0x80);
  EXPECT_FALSE((ScpOption{.scp = 3, .i = {0x83, 0x00}}.implementation()));
  EXPECT_FALSE((ScpOption{.scp = 3, .i = {1, 2, 3}}.implementation()));
}

TEST(CardData, DetailsThatAreNoOid) {
  const auto data = parse_card_recognition_data(recognition("6502 0102 6604 06012A77 6702 0605 6800"));
  EXPECT_EQ(data.card_configuration, (RecognitionDetail{.oid = std::nullopt, .data = hex("0102")}));
  EXPECT_EQ(data.card_chip, (RecognitionDetail{.oid = "1.2", .data = hex("77")}));
  EXPECT_EQ(data.trust_point, (RecognitionDetail{.oid = std::nullopt, .data = hex("0605")}));
  EXPECT_EQ(data.certificate, (RecognitionDetail{}));
  EXPECT_FALSE(data.version);
}

TEST(OidText, Arcs) {
  EXPECT_EQ(oid_text(hex("2A864886FC6B02020101")), "1.2.840.114283.2.2.1.1");
  EXPECT_EQ(oid_text(hex("00")), "0.0");
  EXPECT_EQ(oid_text(hex("27")), "0.39");
  EXPECT_EQ(oid_text(hex("8837")), "2.999");  // ISO/IEC 8825-1, 8.19.5: the example of the joint arc
  EXPECT_EQ(oid_text(hex("2A8FFFFFFF7F")), "1.2.4294967295");
}

TEST(OidText, WhatIsNoOid) {
  EXPECT_FALSE(oid_text({}));
  EXPECT_FALSE(oid_text(hex("2A86")));
  EXPECT_FALSE(oid_text(hex("2A9080808000")));
}

}  // namespace
}  // namespace gpsh::gp
