// SPDX-License-Identifier: Apache-2.0
// Supplementary security domains from INSTALL on (GPCS 2.3.1 sections 5.3.2, 7.2 and 9.3.3).
#include "virtualcard/security_domain.h"

#include <gtest/gtest.h>

#include "tests/virtualcard/content_host.h"

namespace gpsh::virtualcard {
namespace {

using test::aid;
using test::ContentHost;

constexpr std::string_view kNew = "A000000151535042";
constexpr std::string_view kSelectNew = "00A4040008A000000151535042";

TEST(SecurityDomain, IsMadeOfItsModule) {
  ContentHost host;
  EXPECT_EQ(host.make_domain(kNew), "009000");
  const auto& made = *host.state().find_application(aid(kNew));
  EXPECT_EQ(made.life_cycle, 0x07);
  EXPECT_EQ(to_hex(made.privileges.bytes()), "808000") << "Trusted Path by default (Table 6-2)";
  ASSERT_TRUE(made.domain);
  EXPECT_TRUE(made.domain->key_sets.empty());
  EXPECT_EQ(host.state().domain_of(aid(kNew)), host.state().issuer_security_domain.aid);
}

TEST(SecurityDomain, WithoutKeysItsChannelIsThatOfTheOneAbove) {
  ContentHost host;
  EXPECT_EQ(host.make_domain(kNew), "009000");
  EXPECT_TRUE(host.send(kSelectNew).ends_with("9000"));
  EXPECT_EQ(host.send("80CA00E000"), "E0009000") << "no keys of its own";
  EXPECT_EQ(host.send("80CA00C100"), "C10200019000") << "the counter that a session will have";
  host.open(0x01);
  EXPECT_EQ(host.state().default_key_set().sequence_counter, 2U) << "the issuer's counter";
  EXPECT_EQ(host.send_wrapped("80E602000B06E0E1E2E3E40100000000"), "6985") << "not PERSONALIZED";
  EXPECT_EQ(host.send_wrapped("80F0400F08A000000151535042"), "9000") << "it says itself that it is";
  EXPECT_EQ(host.state().find_application(aid(kNew))->life_cycle, 0x0F);
}

TEST(SecurityDomain, OneMadeByAnotherBelongsToThat) {
  ContentHost host(test::profile_with_domain("80C000"));
  host.enter_domain();
  EXPECT_EQ(host.make_domain(kNew), "009000");
  EXPECT_EQ(host.state().domain_of(aid(kNew)), test::domain_aid());
  EXPECT_EQ(host.state().key_domain_of(aid(kNew)), test::domain_aid());
}

TEST(SecurityDomain, LoadsAndInstallsForItself) {
  ContentHost host(test::profile_with_domain("80C000"));
  host.enter_domain();
  EXPECT_EQ(host.load(), "009000");
  EXPECT_EQ(host.make_application("E0E1E2E3E40101"), "009000");
  EXPECT_EQ(host.state().domain_of(aid("E0E1E2E3E401")), test::domain_aid());
  EXPECT_EQ(host.state().domain_of(aid("E0E1E2E3E40101")), test::domain_aid());
  EXPECT_TRUE(host.send("80F24002074F05E0E1E2E3E400").ends_with("9000")) << "and sees it";
}

TEST(SecurityDomain, AnApplicationBelongsToItsLoadFilesDomain) {
  ContentHost host(test::profile_with_domain("808000"));
  EXPECT_EQ(host.load({}, "A000000151535041"), "009000");
  EXPECT_EQ(host.make_application("E0E1E2E3E40101"), "009000");
  EXPECT_EQ(host.state().domain_of(aid("E0E1E2E3E40101")), test::domain_aid());
}

}  // namespace
}  // namespace gpsh::virtualcard
