// SPDX-License-Identifier: Apache-2.0
#include "interpreter/status_listing.h"

#include <gtest/gtest.h>

namespace gpsh::interpreter {
namespace {

using gp::CardMode;
using Lines = std::vector<std::string>;

// Layout: GPShell 3.0.0, reference section 3.5.
TEST(StatusListing, ApplicationsWithAPrivilegeALine) {
  const std::vector<gp::RegistryEntry> entries{{.aid = hex("D0D1D2D3D4D50101"),
                                                .life_cycle = 0x07,
                                                .privileges = 0x040000,
                                                .security_domain = hex("A000000151000000")}};
  EXPECT_EQ(
      status_listing(entries, 0x40, CardMode::global_platform_211),
      (Lines{"AID                              | State        | Privileges                     | Version | "
             "Linked "
             "Security Domain          ",
             "--                               | --           | --                             | --      | "
             "--     "
             "                         ",
             "d0d1d2d3d4d50101                 | Selectable   |                                | 0000    | "
             "a000000151000000                ",
             "                                 |              | Default Selected / Card Reset  |         |   "
             "     "
             "                         "}));
}

TEST(StatusListing, LoadFileStandsOnceWithItsModules) {
  const std::vector<gp::RegistryEntry> entries{{.aid = hex("D0D1D2D3D4D501"),
                                                .life_cycle = 0x01,
                                                .version = hex("0100"),
                                                .modules = {hex("D0D1D2D3D4D50101")},
                                                .security_domain = hex("A000000151000000")}};
  EXPECT_EQ(
      status_listing(entries, 0x10, CardMode::global_platform_211),
      (Lines{"Load File AID                    | State        | Version | Module AID                       | "
             "Linked "
             "Security Domain          ",
             "--                               | --           | --      | --                               | "
             "--     "
             "                         ",
             "d0d1d2d3d4d501                   | Loaded       | 0100    |                                  | "
             "a000000151000000                ",
             "                                 |              |         | d0d1d2d3d4d50101                 | "
             "       "
             "                         "}));
}

TEST(StatusListing, EmptyListHasItsHeader) {
  EXPECT_EQ(status_listing({}, 0x40, CardMode::global_platform_211).size(), 1U);
  EXPECT_EQ(status_listing({}, 0x40, CardMode::open_platform_201),
            (Lines{"AID                              | State        | Privileges                    "}));
}

TEST(StatusListing, MissingFieldsAreBlank) {
  const std::vector<gp::RegistryEntry> entries{{.aid = hex("A000000003")}};
  EXPECT_EQ(status_listing(entries, 0x20, CardMode::global_platform_211).at(2),
            "a000000003                       |              |                                | 0000    |    "
            "            "
            "                 ");
}

TEST(StatusListing, UnknownStateIsHexAndEachEntryHasItsOwn) {
  const std::vector<gp::RegistryEntry> entries{
      {.aid = hex("A000000003"), .life_cycle = 0x02, .privileges = 0x9E0000},
      {.aid = hex("A000000004"), .life_cycle = 0x07, .privileges = 0x000000}};
  const auto lines = status_listing(entries, 0xE0, CardMode::open_platform_201);
  EXPECT_TRUE(lines.at(2).starts_with("a000000003                       | 02           |"));
  EXPECT_TRUE(lines.back().starts_with("a000000004                       | Selectable   |"));
}

TEST(StatusListing, VersionIsTwoBytes) {
  for (const auto& [version, text] :
       {std::pair{"01", "0001"}, std::pair{"010203", "0102"}, std::pair{"", "0000"}}) {
    const std::vector<gp::RegistryEntry> entries{{.aid = hex("A000000003"), .version = hex(version)}};
    EXPECT_NE(status_listing(entries, 0x20, CardMode::global_platform_211).at(2).find(text),
              std::string::npos);
  }
}

}  // namespace
}  // namespace gpsh::interpreter
