// SPDX-License-Identifier: Apache-2.0
#include "core/tlv.h"

#include <gtest/gtest.h>

#include <random>
#include <utility>
#include <vector>

#include "core/error.h"
#include "tests/support/thrown_error.h"

namespace gpsh {
namespace {

using test::thrown_error;

std::vector<std::uint32_t> tags_of(ByteView bytes) {
  std::vector<std::uint32_t> tags;
  for (const auto& object : read_tlvs(bytes, "test data")) tags.push_back(object.tag);
  return tags;
}

std::string refusal(std::string_view bytes) {
  const auto data = hex(bytes);
  const auto facts = thrown_error([&] { return read_tlvs(data, "test data"); });
  EXPECT_EQ(facts.kind, ErrorKind::card);
  return facts.message;
}

TEST(TlvReading, TagsOfOneToFourBytes) {
  const std::vector<std::pair<const char*, std::uint32_t>> cases = {
      {"4F02AABB", 0x4F},         {"9F7002AABB", 0x9F70},         {"5F2D02AABB", 0x5F2D},
      {"DF810102AABB", 0xDF8101}, {"DF81820302AABB", 0xDF818203},
  };
  for (const auto& [text, tag] : cases) {
    const auto bytes = hex(text);
    const auto objects = read_tlvs(bytes, "test data");
    ASSERT_EQ(objects.size(), 1U) << text;
    EXPECT_EQ(objects[0].tag, tag) << text;
    EXPECT_EQ(to_hex(objects[0].value), "AABB") << text;
    EXPECT_EQ(to_hex(objects[0].whole), text);
  }
}

TEST(TlvReading, LengthsOfOneToFourBytes) {
  for (const std::size_t length : {0U, 1U, 127U, 128U, 255U, 256U, 65535U, 65536U, 70000U}) {
    const auto bytes = make_tlv(0x53, Bytes(length, 0x5A));
    const auto objects = read_tlvs(bytes, "test data");
    ASSERT_EQ(objects.size(), 1U) << length;
    EXPECT_EQ(objects[0].value.size(), length);
    EXPECT_EQ(objects[0].whole.size(), bytes.size());
  }
}

TEST(TlvReading, LongerLengthFormsThanNeeded) {
  for (const auto* text : {"53 81 01 AA", "53 82 0001 AA", "53 83 000001 AA"}) {
    const auto bytes = hex(text);
    const auto objects = read_tlvs(bytes, "test data");
    ASSERT_EQ(objects.size(), 1U) << text;
    EXPECT_EQ(to_hex(objects[0].value), "AA") << text;
  }
}

TEST(TlvReading, OneObjectLeavesTheRest) {
  const auto bytes = hex("4F01AA 500155");
  ByteReader reader(bytes, "test data");
  EXPECT_EQ(read_tlv(reader).tag, 0x4FU);
  EXPECT_EQ(reader.offset(), 3U);
  EXPECT_EQ(read_tlv(reader).tag, 0x50U);
  EXPECT_TRUE(reader.empty());
}

TEST(TlvReading, FailureLeavesTheReaderWhereItWas) {
  const auto bytes = hex("4F05AA");
  ByteReader reader(bytes, "test data");
  EXPECT_THROW(static_cast<void>(read_tlv(reader)), Error);
  EXPECT_EQ(reader.offset(), 0U);
}

TEST(TlvReading, TellsConstructedFromPrimitive) {
  const auto bytes = hex("6F00 4F00 FF2100 5F2D00");
  const auto objects = read_tlvs(bytes, "test data");
  ASSERT_EQ(objects.size(), 4U);
  EXPECT_TRUE(objects[0].constructed());
  EXPECT_FALSE(objects[1].constructed());
  EXPECT_TRUE(objects[2].constructed());
  EXPECT_FALSE(objects[3].constructed());
  EXPECT_FALSE(Tlv{}.constructed());
}

TEST(TlvReading, PaddingAroundObjects) {
  EXPECT_EQ(tags_of(hex("")), std::vector<std::uint32_t>{});
  EXPECT_EQ(tags_of(hex("00")), std::vector<std::uint32_t>{});
  EXPECT_EQ(tags_of(hex("FF")), std::vector<std::uint32_t>{});
  EXPECT_EQ(tags_of(hex("FFFFFFFF")), std::vector<std::uint32_t>{});
  EXPECT_EQ(tags_of(hex("0000 4F01AA 00 5001BB 0000")), (std::vector<std::uint32_t>{0x4F, 0x50}));
  EXPECT_EQ(tags_of(hex("FFFF 4F01AA FFFF 5001BB FF")), (std::vector<std::uint32_t>{0x4F, 0x50}));
  EXPECT_EQ(tags_of(hex("00FF00 4F01AA")), (std::vector<std::uint32_t>{0x4F}));
}

TEST(TlvReading, OneFfBeforeAnotherByteStartsATag) {
  EXPECT_EQ(tags_of(hex("FF2103810102")), (std::vector<std::uint32_t>{0xFF21}));
  EXPECT_EQ(tags_of(hex("4F01AA FF2103810102 00")), (std::vector<std::uint32_t>{0x4F, 0xFF21}));
  EXPECT_EQ(tags_of(hex("00 FF2103810102 FF")), (std::vector<std::uint32_t>{0xFF21}));
}

TEST(TlvReading, TruncatedTags) {
  EXPECT_EQ(refusal("9F"), "test data ends too early: 1 bytes wanted at offset 1, 0 there");
  EXPECT_EQ(refusal("DF81"), "test data ends too early: 1 bytes wanted at offset 2, 0 there");
  EXPECT_EQ(refusal("DF8182"), "test data ends too early: 1 bytes wanted at offset 3, 0 there");
}

TEST(TlvReading, TagsOfFiveBytes) {
  EXPECT_EQ(refusal("DF8182830400"), "a TLV tag is longer than 4 bytes");
}

TEST(TlvReading, TruncatedLengths) {
  EXPECT_EQ(refusal("4F"), "test data ends too early: 1 bytes wanted at offset 1, 0 there");
  EXPECT_EQ(refusal("4F81"), "test data ends too early: 1 bytes wanted at offset 2, 0 there");
  EXPECT_EQ(refusal("4F8201"), "test data ends too early: 1 bytes wanted at offset 3, 0 there");
  EXPECT_EQ(refusal("4F830100"), "test data ends too early: 1 bytes wanted at offset 4, 0 there");
}

TEST(TlvReading, UnusableLengths) {
  EXPECT_EQ(refusal("6F80 0000"), "unusable TLV length byte 80");
  EXPECT_EQ(refusal("4F8400000001AA"), "unusable TLV length byte 84");
  EXPECT_EQ(refusal("4FFF"), "unusable TLV length byte FF");
}

TEST(TlvReading, TruncatedValues) {
  EXPECT_EQ(refusal("4F02AA"), "test data ends too early: 2 bytes wanted at offset 2, 1 there");
  EXPECT_EQ(refusal("4F01AA 5003BB"), "test data ends too early: 3 bytes wanted at offset 5, 1 there");
  EXPECT_EQ(refusal("4F83FFFFFF00"), "test data ends too early: 16777215 bytes wanted at offset 5, 1 there");
}

TEST(TlvReading, EveryCutOfARealTemplateIsReadOrRefused) {
  // FCI of a JCOP card, from GPShell's trace on the web (recording gpshell-14).
  const auto whole = hex("6F10 8408A000000003000000 A504 9F6501FF");
  for (std::size_t size = 1; size < whole.size(); ++size) {
    EXPECT_THROW(static_cast<void>(read_tlvs(ByteView(whole).first(size), "FCI")), Error) << size;
  }
  EXPECT_EQ(tags_of(whole), (std::vector<std::uint32_t>{0x6F}));
}

TEST(TlvReading, AnyBytesGiveObjectsOrAnError) {
  std::mt19937 random(7816);
  for (int round = 0; round < 20000; ++round) {
    Bytes bytes(random() % 40);
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random());
    try {
      std::size_t covered = 0;
      for (const auto& object : read_tlvs(bytes, "noise")) covered += object.whole.size();
      ASSERT_LE(covered, bytes.size());
    } catch (const Error& error) {
      ASSERT_EQ(error.kind(), ErrorKind::card);
    }
  }
}

TEST(TlvFinding, FirstOfSeveral) {
  const auto bytes = hex("4F01AA 4F01BB 5000");
  const auto objects = read_tlvs(bytes, "test data");
  EXPECT_EQ(to_hex(find_tlv(objects, 0x4F)->value), "AA");
  EXPECT_TRUE(find_tlv(objects, 0x50).has_value());
  EXPECT_FALSE(find_tlv(objects, 0x51).has_value());
}

TEST(TlvFinding, FollowsAPath) {
  const auto bytes = hex("6F10 8408A000000003000000 A504 9F6501FF");
  EXPECT_EQ(to_hex(find_path(bytes, {0x6F, 0xA5, 0x9F65}, "FCI")->value), "FF");
  EXPECT_EQ(to_hex(find_path(bytes, {0x6F, 0x84}, "FCI")->value), "A000000003000000");
  EXPECT_FALSE(find_path(bytes, {0x6F, 0xA5, 0x73}, "FCI").has_value());
  EXPECT_FALSE(find_path(bytes, {0x70, 0x84}, "FCI").has_value());
  EXPECT_FALSE(find_path({}, {0x6F}, "FCI").has_value());
}

TEST(TlvFinding, UnreadableLevelsThrow) {
  const auto bytes = hex("6F03 A502 9F");
  EXPECT_THROW(static_cast<void>(find_path(bytes, {0x6F, 0xA5}, "FCI")), Error);
}

TEST(TlvFinding, ExtendedCardResources) {
  // Numbers of the answer to GET DATA FF21 as GPCS 2.3.1 section 11.3 lays it out.
  const auto bytes = hex("FF21 09 810102 82020400 8300");
  EXPECT_EQ(to_hex(find_path(bytes, {0xFF21, 0x82}, "card resources")->value), "0400");
}

TEST(TlvWriting, TakesTheShortestLengthForm) {
  const std::vector<std::pair<std::size_t, const char*>> cases = {
      {0, "00"},         {0x7F, "7F"},       {0x80, "8180"},        {0xFF, "81FF"},
      {0x100, "820100"}, {0xFFFF, "82FFFF"}, {0x10000, "83010000"}, {0xFFFFFF, "83FFFFFF"},
  };
  for (const auto& [length, expected] : cases) {
    Bytes bytes;
    append_length(bytes, length);
    EXPECT_EQ(to_hex(bytes), expected);
  }
}

TEST(TlvWriting, RefusesLengthsPast16Megabytes) {
  Bytes bytes;
  const auto facts = thrown_error([&] {
    append_length(bytes, 0x1000000);
    return 0;
  });
  EXPECT_EQ(facts.kind, ErrorKind::usage);
  EXPECT_EQ(facts.code, "tlv-too-long");
}

TEST(TlvWriting, WritesTagsAsTheyStand) {
  EXPECT_EQ(to_hex(make_tlv(0x4F, hex("AA"))), "4F01AA");
  EXPECT_EQ(to_hex(make_tlv(0x9F70, {})), "9F7000");
  EXPECT_EQ(to_hex(make_tlv(0x5F2D01, hex("656E"))), "5F2D0102656E");
  EXPECT_EQ(to_hex(make_tlv(0xDF818203, hex("00"))), "DF8182030100");
  Bytes bytes = hex("00");
  append_tlv(bytes, 0x80, hex("01"));
  EXPECT_EQ(to_hex(bytes), "00800101");
}

TEST(TlvWriting, IsReadBack) {
  for (const std::uint32_t tag : {0x4FU, 0x9F70U, 0xFF21U, 0xDF8101U, 0xDF818203U}) {
    for (const std::size_t length : {0U, 1U, 127U, 128U, 255U, 256U, 65536U}) {
      const auto bytes = make_tlv(tag, Bytes(length, 0xFF));
      const auto objects = read_tlvs(bytes, "test data");
      ASSERT_EQ(objects.size(), 1U) << tag << " " << length;
      EXPECT_EQ(objects[0].tag, tag);
      EXPECT_EQ(objects[0].value.size(), length);
    }
  }
}

}  // namespace
}  // namespace gpsh
