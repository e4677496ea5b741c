// SPDX-License-Identifier: Apache-2.0
// INSTALL [for extradition] and [for registry update].
#include <gtest/gtest.h>

#include "tests/virtualcard/content_host.h"
#include "virtualcard/install.h"

namespace gpsh::virtualcard {
namespace {

using test::aid;
using test::ContentHost;

constexpr std::string_view kFile = "E0E1E2E3E401";
constexpr std::string_view kInstance = "E0E1E2E3E4AA01";
constexpr std::string_view kDomain = "A000000151535041";
constexpr std::string_view kIssuer = "A000000003000000";

ContentHost with_applet(std::string_view privileges = "808000") {
  ContentHost host(test::profile_with_domain(privileges));
  EXPECT_EQ(host.load(), "009000");
  EXPECT_EQ(host.make_application(kInstance), "009000");
  return host;
}

std::string extradite(ContentHost& host, std::string_view to, std::string_view what) {
  return host.install("1000", {to, "", what, "", "", ""});
}

TEST(Extradition, AnApplicationAndALoadFile) {
  auto host = with_applet();
  EXPECT_EQ(extradite(host, kDomain, kInstance), "009000");
  EXPECT_EQ(host.state().domain_of(aid(kInstance)), aid(kDomain));
  EXPECT_EQ(host.state().domain_of(aid(kFile)), aid(kIssuer)) << "the load file stays";
  EXPECT_EQ(extradite(host, kDomain, kFile), "009000");
  EXPECT_EQ(host.state().domain_of(aid(kFile)), aid(kDomain));
  EXPECT_EQ(extradite(host, kIssuer, kInstance), "009000") << "and back, by the one above";
  EXPECT_EQ(host.state().domain_of(aid(kInstance)), aid(kIssuer));
}

TEST(Extradition, RefusalsChangeNothing) {
  auto host = with_applet("C08000");  // DAP Verification
  EXPECT_EQ(host.make_domain("A000000151535042"), "009000");
  const auto before = host.registry();
  EXPECT_EQ(extradite(host, "A000000199999999", kInstance), "6A88") << "no such domain";
  EXPECT_EQ(extradite(host, kInstance, kInstance), "6A88") << "no security domain";
  EXPECT_EQ(extradite(host, kDomain, "E0E1E2E3E4AA99"), "6A88") << "no such application";
  EXPECT_EQ(extradite(host, "A000000151535042", kInstance), "6985") << "not PERSONALIZED";
  EXPECT_EQ(extradite(host, kDomain, kIssuer), "6985") << "the issuer's domain stays with itself";
  EXPECT_EQ(extradite(host, kDomain, kFile), "6985") << "to one with DAP Verification";
  EXPECT_EQ(extradite(host, "", kInstance), "6A80");
  EXPECT_EQ(extradite(host, kDomain, ""), "6A80");
  EXPECT_EQ(host.install("1000", {kDomain, "", kInstance, "00", "", ""}), "6A80") << "privileges";
  EXPECT_EQ(host.install("1000", {kDomain, "AA", kInstance, "", "", ""}), "6A80");
  EXPECT_EQ(host.registry(), before);
}

TEST(Extradition, ADomainToItselfIsARootOfItsOwn) {
  auto host = with_applet("80C000");
  EXPECT_EQ(extradite(host, kDomain, kDomain), "009000");
  EXPECT_EQ(host.state().domain_of(aid(kDomain)), aid(kDomain));
  EXPECT_EQ(extradite(host, kIssuer, kDomain), "6985") << "the issuer is not above it any more";
  host.enter_domain();
  EXPECT_EQ(extradite(host, kIssuer, "D0D1D2D3D4D50101"), "009000") << "what is its own it may give away";
}

TEST(Extradition, ADomainNeverGoesBelowItsOwn) {
  auto profile = test::profile_with_domain();
  auto below = profile.card.applications.front();
  below.aid = aid("A000000151535042");
  below.associated_domain = test::domain_aid();
  profile.card.applications.push_back(below);
  ContentHost host(std::move(profile));
  EXPECT_EQ(extradite(host, "A000000151535042", kDomain), "6985");
}

TEST(RegistryUpdate, Privileges) {
  auto host = with_applet();
  EXPECT_EQ(host.install("4000", {"", "", kInstance, "040000", "", ""}), "009000");
  EXPECT_TRUE(host.state().privileges_of(aid(kInstance)).has(Privilege::card_reset));
  EXPECT_FALSE(host.state().issuer_security_domain.privileges.has(Privilege::card_reset));
  EXPECT_EQ(host.install("4000", {"", "", "D0D1D2D3D4D50101", "040000", "", ""}), "6985") << "held once";
  EXPECT_EQ(host.install("4000", {"", "", kInstance, "000000", "", ""}), "009000");
  EXPECT_TRUE(host.state().issuer_security_domain.privileges.has(Privilege::card_reset)) << "given back";
}

TEST(RegistryUpdate, AllOrNothing) {
  auto host = with_applet();
  const auto before = host.registry();
  EXPECT_EQ(host.install("4000", {kDomain, "", kInstance, "800000", "", ""}), "6A80") << "no domain before";
  EXPECT_EQ(host.install("4000", {kDomain, "", kInstance, "0000", "", ""}), "6A80");
  EXPECT_EQ(host.install("4000", {"A000000199999999", "", kInstance, "000200", "", ""}), "6A88");
  EXPECT_EQ(host.install("4000", {"", "", kDomain, "000000", "", ""}), "6A80") << "a domain stays one";
  EXPECT_EQ(host.install("4000", {"", "", kFile, "00", "", ""}), "6A88") << "a load file has none";
  EXPECT_EQ(host.install("4000", {"", "", "", "", "EF03D90140", ""}), "6A80") << "no restrictions here";
  EXPECT_EQ(host.install("4000", {"", "", kInstance, "", "EF03D90140", ""}), "6A80");
  EXPECT_EQ(host.install("4000", {"", "", kIssuer, "80", "", ""}), "6985");
  EXPECT_EQ(host.registry(), before);
}

TEST(RegistryUpdate, WithExtraditionAndImplicitSelection) {
  auto host = with_applet();
  EXPECT_EQ(host.install("4000", {kDomain, "", kInstance, "", "EF03CF0141", ""}), "009000");
  EXPECT_EQ(host.state().domain_of(aid(kInstance)), aid(kDomain));
  EXPECT_EQ(to_hex(host.state().find_application(aid(kInstance))->implicit_selection), "41");
}

}  // namespace
}  // namespace gpsh::virtualcard
