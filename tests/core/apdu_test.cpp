// SPDX-License-Identifier: Apache-2.0
#include "core/apdu.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "core/error.h"
#include "tests/support/thrown_error.h"

namespace gpsh {
namespace {

using test::thrown_error;

Bytes pattern(std::size_t count) {
  Bytes bytes(count);
  for (std::size_t i = 0; i < count; ++i) bytes[i] = static_cast<std::uint8_t>(i * 7 + 1);
  return bytes;
}

CommandApdu command(Bytes data, std::optional<std::uint32_t> le) {
  return {.cla = 0x80, .ins = 0xE2, .p1 = 0x12, .p2 = 0x34, .data = std::move(data), .le = le};
}

struct Case {
  const char* bytes;
  const char* data;
  std::optional<std::uint32_t> le;
};

TEST(CommandApdu, ShortCasesOneToFour) {
  const std::vector<Case> cases = {
      {"80E21234", "", std::nullopt},
      {"80E2123401", "", 1},
      {"80E21234FF", "", 255},
      {"80E2123400", "", 256},
      {"80E2123401AA", "AA", std::nullopt},
      {"80E2123402AABB", "AABB", std::nullopt},
      {"80E2123402AABB05", "AABB", 5},
      {"80E2123402AABB00", "AABB", 256},
  };
  for (const auto& expected : cases) {
    const auto value = command(hex(expected.data), expected.le);
    EXPECT_EQ(CommandApdu::parse(hex(expected.bytes)), value) << expected.bytes;
    EXPECT_EQ(to_hex(value.encode()), expected.bytes);
    EXPECT_FALSE(value.extended());
  }
}

TEST(CommandApdu, ExtendedCasesTwoToFour) {
  const std::vector<Case> cases = {
      {"80E21234000101", "", 257},
      {"80E2123400FFFF", "", 65535},
      {"80E21234000000", "", 65536},
      {"80E21234000002AABB0101", "AABB", 257},
      {"80E21234000002AABB0000", "AABB", 65536},
  };
  for (const auto& expected : cases) {
    const auto value = command(hex(expected.data), expected.le);
    EXPECT_EQ(CommandApdu::parse(hex(expected.bytes)), value) << expected.bytes;
    EXPECT_EQ(to_hex(value.encode()), expected.bytes);
    EXPECT_TRUE(value.extended());
  }
}

TEST(CommandApdu, MoreThan255DataBytesNeedTheExtendedForm) {
  EXPECT_FALSE(command(pattern(255), std::nullopt).extended());
  const auto bytes = command(pattern(256), std::nullopt).encode();
  EXPECT_EQ(to_hex(ByteView(bytes).first(7)), "80E21234000100");
  EXPECT_EQ(bytes.size(), 7U + 256U);
  const auto with_le = command(pattern(256), 256).encode();
  EXPECT_EQ(to_hex(ByteView(with_le).last(2)), "0100");
}

TEST(CommandApdu, LongFormOfASmallLengthIsReadToo) {
  EXPECT_EQ(CommandApdu::parse(hex("80E21234000005")), command({}, 5));
  EXPECT_EQ(CommandApdu::parse(hex("80E21234000001AA")), command({0xAA}, std::nullopt));
  EXPECT_EQ(CommandApdu::parse(hex("80E21234000001AA0005")), command({0xAA}, 5));
}

TEST(CommandApdu, LcOfZeroBeforeLeIsNoData) {
  EXPECT_EQ(CommandApdu::parse(hex("80E212340000")), command({}, 256));
  EXPECT_EQ(CommandApdu::parse(hex("80E212340010")), command({}, 16));
}

TEST(CommandApdu, EverySizeAndLeSurvivesARoundTrip) {
  const std::vector<std::optional<std::uint32_t>> les = {
      std::nullopt, 1, 2, 127, 128, 255, 256, 257, 512, 32767, 32768, 65534, 65535, 65536};
  for (std::size_t size = 0; size <= 600; ++size) {
    for (const auto le : les) {
      const auto value = command(pattern(size), le);
      ASSERT_EQ(CommandApdu::parse(value.encode()), value) << size << " Le " << le.value_or(0);
    }
  }
  for (const std::size_t size : {32767U, 32768U, 65534U, 65535U}) {
    for (const auto le : les) {
      const auto value = command(pattern(size), le);
      ASSERT_EQ(CommandApdu::parse(value.encode()), value) << size << " Le " << le.value_or(0);
    }
  }
}

TEST(CommandApdu, EveryLeSurvivesARoundTrip) {
  for (std::uint32_t le = 1; le <= 65536; ++le) {
    const auto value = command({0xAA}, le);
    ASSERT_EQ(CommandApdu::parse(value.encode()), value) << le;
  }
}

TEST(CommandApdu, TooFewBytes) {
  for (const auto* bytes : {"", "80", "80E2", "80E212"}) {
    const auto facts = thrown_error([&] { return CommandApdu::parse(hex(bytes)); });
    EXPECT_EQ(facts.kind, ErrorKind::usage);
    EXPECT_EQ(facts.code, "bad-apdu");
    EXPECT_EQ(facts.message, "not a command APDU: fewer than 4 bytes");
  }
}

TEST(CommandApdu, LengthsThatDoNotAddUp) {
  for (const auto* bytes : {
           "80E2123402AA",              // one byte missing
           "80E2123402AABB0000",        // one byte too many
           "80E21234FFAA",              // far too few
           "80E21234000000AABB",        // extended, Lc of zero with data
           "80E21234000002AA",          // extended, one byte missing
           "80E21234000002AABBCC",      // extended, half an Le
           "80E21234000002AABB000000",  // extended, one byte too many
       }) {
    const auto facts = thrown_error([&] { return CommandApdu::parse(hex(bytes)); });
    EXPECT_EQ(facts.code, "bad-apdu") << bytes;
    EXPECT_THAT(facts.advice, testing::EndsWith(bytes));
  }
}

TEST(CommandApdu, MessagesNameBothLengths) {
  EXPECT_EQ(thrown_error([] { return CommandApdu::parse(hex("80E2123402AA")); }).message,
            "not a command APDU: Lc is 2 but 1 bytes follow");
  EXPECT_EQ(thrown_error([] { return CommandApdu::parse(hex("80E21234000002AA")); }).message,
            "not a command APDU: the extended Lc is 2 but 1 bytes follow");
}

TEST(CommandApdu, AnyBytesGiveAValueOrAnError) {
  for (unsigned first = 0; first <= 0xFF; ++first) {
    for (std::size_t more = 0; more <= 300; ++more) {
      auto bytes = hex("80E21234");
      bytes.push_back(static_cast<std::uint8_t>(first));
      append(bytes, pattern(more));
      try {
        const auto value = CommandApdu::parse(bytes);
        ASSERT_EQ(CommandApdu::parse(value.encode()), value);
      } catch (const Error& error) {
        ASSERT_EQ(error.code(), "bad-apdu");
      }
    }
  }
}

TEST(CommandApdu, RefusesWhatNoFormCanHold) {
  EXPECT_EQ(thrown_error([] { return command(pattern(65536), std::nullopt).encode(); }).code,
            "data-too-long");
  EXPECT_EQ(thrown_error([] { return command({}, 0).encode(); }).message, "Le is 0, it can be 1 to 65536");
  EXPECT_EQ(thrown_error([] { return command({}, 65537).encode(); }).code, "bad-le");
}

TEST(CommandApdu, HeaderIsTheFirstFourBytes) {
  EXPECT_EQ(to_hex(command(pattern(3), 7).header()), "80E21234");
}

TEST(ResponseApdu, SplitsDataAndStatusWord) {
  const auto response = ResponseApdu::parse(hex("0102 6310"));
  EXPECT_EQ(to_hex(response.data), "0102");
  EXPECT_EQ(response.sw, StatusWord(0x6310));
  EXPECT_EQ(to_hex(response.encode()), "01026310");
}

TEST(ResponseApdu, StatusWordAlone) {
  const auto response = ResponseApdu::parse(hex("9000"));
  EXPECT_TRUE(response.data.empty());
  EXPECT_TRUE(response.sw.ok());
}

TEST(ResponseApdu, FewerThanTwoBytesAreNoResponse) {
  const auto facts = thrown_error([] { return ResponseApdu::parse(hex("90")); });
  EXPECT_EQ(facts.kind, ErrorKind::card);
  EXPECT_EQ(facts.code, "short-response");
  EXPECT_EQ(facts.message, "the card answered 1 bytes; a response ends with a status word of two bytes");
  EXPECT_THROW(static_cast<void>(ResponseApdu::parse({})), Error);
}

TEST(ResponseApdu, EverySizeSurvivesARoundTrip) {
  for (const std::size_t size : {0U, 1U, 255U, 256U, 257U, 65536U}) {
    const ResponseApdu response{.data = pattern(size), .sw = StatusWord(0x6C42)};
    EXPECT_EQ(ResponseApdu::parse(response.encode()), response) << size;
  }
}

}  // namespace
}  // namespace gpsh
