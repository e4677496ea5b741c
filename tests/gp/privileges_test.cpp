// SPDX-License-Identifier: Apache-2.0
#include "gp/privileges.h"

#include <gmock/gmock.h>

#include <set>

namespace gpsh::gp {
namespace {

using testing::ElementsAre;

TEST(Privileges, TwentyDifferentOnes) {
  std::set<std::string_view> names;
  std::set<std::uint32_t> masks;
  for (const auto& privilege : privilege_table()) {
    names.insert(privilege.name);
    masks.insert(privilege.mask);
    EXPECT_LE(privilege.mask, 0xFFFFFFU);
  }
  EXPECT_EQ(names.size(), 20U);
  EXPECT_EQ(masks.size(), 20U);
}

TEST(Privileges, AllBitsOfTheMaskAreNeeded) {
  EXPECT_THAT(privilege_names(0x800000), ElementsAre("Security Domain"));
  EXPECT_THAT(privilege_names(0xC00000), ElementsAre("Security Domain", "DAP Verification"));
  EXPECT_THAT(privilege_names(0x400000), ElementsAre());
  EXPECT_THAT(privilege_names(0x010000), ElementsAre());
  EXPECT_THAT(privilege_names(0), ElementsAre());
}

TEST(Privileges, OfAnIssuerSecurityDomain) {
  // 9EFE80: the issuer security domain of recording gp-01
  EXPECT_THAT(privilege_names(0x9EFE80),
              ElementsAre("Security Domain", "Card Lock", "Card Terminate", "Default Selected / Card Reset",
                          "CVM Management", "Trusted Path", "Authorized Management", "Token Management",
                          "Global Delete", "Global Lock", "Global Registry", "Final Application",
                          "Receipt Generation"));
}

}  // namespace
}  // namespace gpsh::gp
