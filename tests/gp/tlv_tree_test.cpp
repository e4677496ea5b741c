// SPDX-License-Identifier: Apache-2.0
#include "gp/tlv_tree.h"

#include <gmock/gmock.h>

#include "tests/support/thrown_error.h"

namespace gpsh::gp {
namespace {

using test::thrown_error;
using testing::ElementsAre;
using testing::SizeIs;

std::vector<std::string> lines_of(const char* data) {
  return tlv_tree_lines(parse_tlv_tree(hex(data)));
}

// The SELECT response of GPShell 3.0.0's run scp03-70-keys, shortened.
TEST(TlvTree, NamesByPlace) {
  EXPECT_THAT(
      lines_of("6F26 8408A000000151000000 A51A 7314 06072A864886FC6B01 6409 06072A864886FC6B02 9F6501FF"),
      ElementsAre("6F file control information", "  84 application AID: A000000151000000",
                  "  A5 proprietary data", "    73 card recognition data",
                  "      06 object identifier: 1.2.840.114283.1", "      64 secure channel protocol",
                  "        06 object identifier: 1.2.840.114283.2",
                  "    9F65 maximum length of command data: FF"));
}

TEST(TlvTree, RegistryAndResources) {
  EXPECT_THAT(lines_of("E311 4F05A000000001 9F700107 8404A0000001"),
              ElementsAre("E3 registry related data", "  4F AID: A000000001", "  9F70 life cycle state: 07",
                          "  84 executable module AID: A0000001"));
  EXPECT_THAT(lines_of("FF2103 81010A"), ElementsAre("FF21 extended card resources information",
                                                     "  81 number of installed applications: 0A"));
}

TEST(TlvTree, UnknownTagsStandAsTheyAre) {
  EXPECT_THAT(lines_of("DF2001AA 7F490381 0100 5F2D00"), ElementsAre("DF20: AA", "7F49", "  81: 00", "5F2D"));
}

TEST(TlvTree, WhatOnlyLooksConstructedStaysAValue) {
  EXPECT_THAT(lines_of("6503010203"), ElementsAre("65: 010203"));
  EXPECT_THAT(lines_of("E003C00401"), ElementsAre("E0 key information template: C00401"));
}

TEST(TlvTree, OutermostNonsenseIsRefused) {
  for (const auto* data : {"6F", "6F05", "6F0584", "9F", "6F85000000000001", "1F81818181"}) {
    EXPECT_EQ(thrown_error([data] { return parse_tlv_tree(hex(data)); }).kind, ErrorKind::card) << data;
  }
}

TEST(TlvTree, DepthIsBounded) {
  Bytes data;
  for (int n = 0; n < 40; ++n) {
    data.insert(data.begin(), static_cast<std::uint8_t>(data.size()));
    data.insert(data.begin(), 0x70);
  }
  EXPECT_THAT(tlv_tree_lines(parse_tlv_tree(data)), SizeIs(17));
}

}  // namespace
}  // namespace gpsh::gp
