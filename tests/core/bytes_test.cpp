// SPDX-License-Identifier: Apache-2.0
#include "core/bytes.h"

#include <gtest/gtest.h>

#include <string>

#include "core/error.h"
#include "tests/support/thrown_error.h"

namespace gpsh {
namespace {

using test::thrown_error;

Bytes all_byte_values() {
  Bytes bytes;
  for (unsigned value = 0; value <= 0xFF; ++value) bytes.push_back(static_cast<std::uint8_t>(value));
  return bytes;
}

TEST(Hex, WritesUpperAndLowerCase) {
  EXPECT_EQ(to_hex(Bytes{0x00, 0x9A, 0xFF}), "009AFF");
  EXPECT_EQ(to_lower_hex(Bytes{0x00, 0x9A, 0xFF}), "009aff");
  EXPECT_EQ(to_hex(std::uint8_t{0x0B}), "0B");
  EXPECT_EQ(to_hex(Bytes{}), "");
}

TEST(Hex, ReadsBackEveryByteValueInBothCases) {
  const auto bytes = all_byte_values();
  EXPECT_EQ(from_hex(to_hex(bytes)), bytes);
  EXPECT_EQ(from_hex(to_lower_hex(bytes)), bytes);
  EXPECT_EQ(from_hex("aBCd"), (Bytes{0xAB, 0xCD}));
}

TEST(Hex, EmptyTextIsNoBytes) {
  EXPECT_EQ(from_hex(""), Bytes{});
}

TEST(Hex, OddNumberOfDigitsIsNoHex) {
  EXPECT_EQ(from_hex("A"), std::nullopt);
  EXPECT_EQ(from_hex("A00"), std::nullopt);
}

TEST(Hex, ForeignCharactersAreNoHexWhereverTheyStand) {
  const std::string digits = "0123456789abcdefABCDEF";
  for (int c = 0; c < 256; ++c) {
    const char letter = static_cast<char>(c);
    const bool digit = c != 0 && digits.find(letter) != std::string::npos;
    EXPECT_EQ(from_hex(std::string{letter, '0'}).has_value(), digit) << c;
    EXPECT_EQ(from_hex(std::string{'0', letter}).has_value(), digit) << c;
  }
}

TEST(Hex, ConstantsMayHaveBlanks) {
  EXPECT_EQ(hex("80 CA 0066 00"), (Bytes{0x80, 0xCA, 0x00, 0x66, 0x00}));
  EXPECT_EQ(hex(""), Bytes{});
}

TEST(Hex, WrongConstantIsAFaultOfOurOwn) {
  const auto facts = thrown_error([] { return hex("80 C"); });
  EXPECT_EQ(facts.kind, ErrorKind::internal);
  EXPECT_EQ(facts.code, "bad-constant");
  EXPECT_EQ(facts.message, "not hex: 80C");
}

TEST(BytesAppend, AddsAtTheEnd) {
  Bytes bytes{0x01};
  append(bytes, {0x02, 0x03});
  append(bytes, Bytes{0x04});
  append(bytes, ByteView{});
  EXPECT_EQ(bytes, (Bytes{0x01, 0x02, 0x03, 0x04}));
}

TEST(BytesConcat, JoinsInOrder) {
  const Bytes head{0x01};
  const Bytes tail{0x02, 0x03};
  EXPECT_EQ(concat({head, {}, tail}), (Bytes{0x01, 0x02, 0x03}));
  EXPECT_EQ(concat({}), Bytes{});
}

TEST(BytesEqual, ComparesLengthAndContent) {
  EXPECT_TRUE(equal({}, {}));
  EXPECT_TRUE(equal(hex("0102"), hex("0102")));
  EXPECT_FALSE(equal(hex("0102"), hex("0103")));
  EXPECT_FALSE(equal(hex("0102"), hex("01")));
  EXPECT_FALSE(equal({}, hex("00")));
}

TEST(ByteReader, ReadsInOrderAndKnowsItsPlace) {
  const auto bytes = hex("01 0203 040506 07");
  ByteReader reader(bytes, "test data");
  EXPECT_EQ(reader.peek(), 0x01);
  EXPECT_EQ(reader.u8(), 0x01);
  EXPECT_EQ(reader.u16(), 0x0203);
  EXPECT_EQ(reader.offset(), 3U);
  EXPECT_EQ(to_hex(reader.take(3)), "040506");
  EXPECT_EQ(reader.remaining(), 1U);
  EXPECT_FALSE(reader.empty());
  EXPECT_EQ(to_hex(reader.rest()), "07");
  EXPECT_TRUE(reader.empty());
}

TEST(ByteReader, NothingCanBeTakenAtTheEnd) {
  ByteReader reader({}, "test data");
  EXPECT_TRUE(reader.empty());
  EXPECT_TRUE(reader.take(0).empty());
  EXPECT_TRUE(reader.rest().empty());
}

TEST(ByteReader, ReadingPastTheEndNamesWhatAndWhere) {
  const auto bytes = hex("0102 03");
  ByteReader reader(bytes, "key information");
  reader.u16();
  const auto facts = thrown_error([&] { return reader.u16(); });
  EXPECT_EQ(facts.kind, ErrorKind::card);
  EXPECT_EQ(facts.code, "short-data");
  EXPECT_EQ(facts.message, "key information ends too early: 2 bytes wanted at offset 2, 1 there");
}

TEST(ByteReader, FailedReadLeavesThePlace) {
  const auto bytes = hex("01");
  ByteReader reader(bytes, "test data");
  EXPECT_THROW(reader.take(2), Error);
  EXPECT_EQ(reader.u8(), 0x01);
  EXPECT_THROW(reader.u8(), Error);
  EXPECT_THROW(static_cast<void>(reader.peek()), Error);
}

TEST(ByteReader, HugeCountsDoNotWrapAround) {
  const auto bytes = hex("0102");
  ByteReader reader(bytes, "test data");
  reader.u8();
  EXPECT_THROW(reader.take(static_cast<std::size_t>(-1)), Error);
  EXPECT_EQ(reader.remaining(), 1U);
}

}  // namespace
}  // namespace gpsh
