// SPDX-License-Identifier: Apache-2.0
#include "gp/key_information.h"

#include <gmock/gmock.h>

#include "tests/support/thrown_error.h"

namespace gpsh::gp {
namespace {

using test::thrown_error;
using testing::ElementsAre;

// GPShell 3.0.0, run scp03-70-keys.
TEST(KeyInformation, BasicForm) {
  EXPECT_THAT(parse_key_information(hex("E012 C00401018810 C00402018810 C00403018810")),
              ElementsAre(KeyInformation{.identifier = 1, .version = 1, .components = {{0x88, 16}}},
                          KeyInformation{.identifier = 2, .version = 1, .components = {{0x88, 16}}},
                          KeyInformation{.identifier = 3, .version = 1, .components = {{0x88, 16}}}));
}

TEST(KeyInformation, ComponentsAndLengthsOver255) {
  EXPECT_THAT(parse_key_information(hex("E00A C008 01 70 A100 A003 F004")),
              ElementsAre(KeyInformation{
                  .identifier = 1, .version = 0x70, .components = {{0xA1, 256}, {0xA0, 3}, {0xF0, 4}}}));
}

TEST(KeyInformation, ExtendedForm) {
  EXPECT_THAT(
      parse_key_information(hex("E01A C00A 01 30 FF880020 0118 0100  C00C 02 31 FFA10100 FFA00003 00 00")),
      ElementsAre(KeyInformation{.identifier = 1,
                                 .version = 0x30,
                                 .components = {{0x88, 32}},
                                 .usage = hex("18"),
                                 .access = hex("00")},
                  KeyInformation{.identifier = 2,
                                 .version = 0x31,
                                 .components = {{0xA1, 256}, {0xA0, 3}},
                                 .usage = Bytes{},
                                 .access = Bytes{}}));
}

TEST(KeyInformation, ExtendedFormWithoutUsageAndAccess) {
  const auto keys = parse_key_information(hex("E008 C006 01 30 FF880010"));
  ASSERT_EQ(keys.size(), 1U);
  EXPECT_FALSE(keys[0].usage);
  EXPECT_FALSE(keys[0].access);
}

TEST(KeyInformation, EmptyTemplateHasNoKeys) {
  EXPECT_TRUE(parse_key_information(hex("E000")).empty());
  EXPECT_TRUE(parse_key_information(hex("E003 C10101")).empty()) << "unknown tags are skipped";
}

// A security domain that has no keys yet (GPCS 2.3.1 section 11.3.3.1.1).
TEST(KeyInformation, AnEmptyEntryIsPassedOver) {
  EXPECT_TRUE(parse_key_information(hex("E002 C000")).empty());
  EXPECT_THAT(parse_key_information(hex("E008 C000 C00401018810")),
              ElementsAre(KeyInformation{.identifier = 1, .version = 1, .components = {{0x88, 16}}}));
}

TEST(KeyInformation, AParameterReferenceIsKeptAsItIs) {
  const auto basic = parse_key_information(hex("E008 C006 01 70 B040 F000"));
  EXPECT_THAT(basic, ElementsAre(KeyInformation{
                         .identifier = 1, .version = 0x70, .components = {{0xB0, 64}, {0xF0, 0}}}));
  EXPECT_FALSE(basic.front().components.front().is_reference());
  EXPECT_TRUE(basic.front().components.back().is_reference());
  EXPECT_EQ(reference_text({0xF0, 0x0000}), "00");
  EXPECT_EQ(reference_text({0xF0, 0x0004}), "04");
  EXPECT_EQ(reference_text({0xF0, 0x0100}), "0100");
  EXPECT_THAT(parse_key_information(hex("E00C C00A 01 70 FFB00040 FFF00103")),
              ElementsAre(KeyInformation{
                  .identifier = 1, .version = 0x70, .components = {{0xB0, 64}, {0xF0, 0x0103}}}));
}

TEST(KeyInformation, UnreadableDataIsRefused) {
  for (const auto* data : {"", "C0040101", "E003C00101", "E005C003010188", "E009C007 0130FF88001002",
                           "E00BC0090130FF8800100000AA", "E0FF", "E006C00401018810AA"}) {
    const auto error = thrown_error([data] { return parse_key_information(hex(data)); });
    EXPECT_EQ(error.code, "bad-response") << data;
    EXPECT_EQ(error.kind, ErrorKind::card) << data;
  }
  EXPECT_EQ(thrown_error([] { return parse_key_information({}); }).message,
            "the key information template cannot be read: there is no tag E0");
}

TEST(KeyInformation, TypesHaveNames) {
  EXPECT_EQ(key_type_text(0x80), "DES");
  EXPECT_EQ(key_type_text(0x88), "AES");
  EXPECT_EQ(key_type_text(0xA1), "RSA modulus");
  EXPECT_EQ(key_type_text(0x86), "unknown");
}

}  // namespace
}  // namespace gpsh::gp
