// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/card_data.h"

#include <gmock/gmock.h>

#include "tests/virtualcard/card_host.h"

namespace gpsh::virtualcard {
namespace {

using test::CardHost;

TEST(GetData, CardRecognitionData) {
  CardHost host("generic-scp02");
  const std::string value =
      "732F06072A864886FC6B01600C060A2A864886FC6B02020301630906072A864886FC6B03640B06092A864886FC6B040215";
  EXPECT_EQ(host.send("80CA006600"), "6631" + value + "9000");
  EXPECT_EQ(host.send("00CA006600"), value + "9000") << "an ISO command gets the value only";
  EXPECT_EQ(host.send("80CA0066"), "6631" + value + "9000") << "without Le";
}

TEST(GetData, TheOlderSpecificationNamesItsVersion) {
  auto profile = load_profile("generic-scp02");
  profile.specification = CardSpecification::gp_2_1_1;
  EXPECT_THAT(CardHost(std::move(profile)).send("80CA006600"),
              testing::HasSubstr("600C060A2A864886FC6B02020101"));
}

TEST(GetData, Cplc) {
  CardHost host("generic-scp02");
  const auto answer = host.send("80CA9F7F00");
  EXPECT_EQ(answer.size(), 2 * (3 + 42 + 2));
  EXPECT_TRUE(answer.starts_with("9F7F2A4750"));
  EXPECT_EQ(host.send("00CA9F7F00"), answer.substr(6));
}

TEST(GetData, KeyInformationOfEverySet) {
  auto profile = load_profile("generic-scp02");
  EXPECT_EQ(CardHost(profile).send("80CA00E000"), "E012C00401018010C00402018010C004030180109000");
  profile.card.issuer_security_domain.domain.key_sets.push_back(
      profile.card.issuer_security_domain.domain.key_sets.front());
  profile.card.issuer_security_domain.domain.key_sets.back().version = 0x30;
  EXPECT_EQ(CardHost(profile).send("80CA00E000"),
            "E024C00401018010C00402018010C00403018010C00401308010C00402308010C004033080109000");
}

TEST(GetData, TheSequenceCounterIsTheOneInUse) {
  CardHost host("jcop-j2a040");
  EXPECT_EQ(host.send("80CA00C100"), "C10200029000");
  host.open(0x00);
  EXPECT_EQ(host.send("80CA00C100"), "C10200039000");
}

TEST(GetData, IssuerAndImageNumber) {
  CardHost host("generic-scp02");
  EXPECT_EQ(host.send("80CA004200"), "42064750534800019000");
  EXPECT_EQ(host.send("80CA004500"), "450800000000000000019000");
}

TEST(GetData, AbsentObjects) {
  CardHost host("generic-scp02");
  EXPECT_EQ(host.send("80CA006700"), "6A88");
  EXPECT_EQ(host.send("80CA000000"), "6A88");
  EXPECT_EQ(host.send("80CAFFFF00"), "6A88");
  EXPECT_EQ(CardHost("jcop-j2a040").send("80CA004200"), "6A88");
}

// Recording seed-03.
TEST(GetData, TheJcopRefusesCardData) {
  CardHost host("jcop-j2a040");
  EXPECT_EQ(host.send("80CA006600"), "6985");
  EXPECT_EQ(host.send("00CA006600"), "6985");
}

TEST(GetData, WithoutASessionAMacIsNotLookedAt) {
  CardHost host("generic-scp02");
  EXPECT_EQ(host.send("84CA00C108010203040506070800"), "C10200009000");
}

}  // namespace
}  // namespace gpsh::virtualcard
