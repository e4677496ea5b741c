// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/profile_registry.h"

#include <gtest/gtest.h>

#include "tests/support/thrown_error.h"
#include "virtualcard/profile.h"

namespace gpsh::virtualcard {
namespace {

Aid aid(std::string_view text) {
  return *Aid::from_bytes(hex(text));
}

/// generic-scp02 with this in place of its applications.
std::string with_applications(std::string_view applications) {
  return R"({"kind": "profile", "extends": "generic-scp02", "name": "p", "applications": )" +
         std::string(applications) + "}";
}

constexpr std::string_view kDomain = R"({"aid": "A000000151535041", "life_cycle": "0F",
  "privileges": "A08000", "load_file": "A0000000035350", "module": "A000000003535041",
  "memory": {"non_volatile": 300, "volatile": 20},
  "key_sets": [{"version": "20", "enc": "404142434445464748494A4B4C4D4E4F",
    "mac": "404142434445464748494A4B4C4D4E4F", "dek": "404142434445464748494A4B4C4D4E4F",
    "sequence_counter": 5}]})";
constexpr std::string_view kInside = R"({"aid": "D0D1D2D3D4D50101", "life_cycle": "07",
  "privileges": "000000", "load_file": "D0D1D2D3D4D501", "domain": "A000000151535041"})";

std::string complaint(const std::string& applications) {
  const auto error =
      test::thrown_error([&] { return parse_profile(with_applications(applications), "p.json"); });
  return std::string(error.code) + ": " + error.message;
}

TEST(ProfileRegistry, ASupplementarySecurityDomainHasKeysOfItsOwn) {
  const auto text = with_applications("[" + std::string(kDomain) + ", " + std::string(kInside) + "]");
  const auto card = parse_profile(text, "p.json").card;
  const auto* domain = card.find_domain(aid("A000000151535041"));
  ASSERT_NE(domain, nullptr);
  EXPECT_EQ(domain->default_key_set().version, 0x20);
  EXPECT_EQ(domain->default_key_set().sequence_counter, 5U);
  EXPECT_EQ(card.find_domain(aid("D0D1D2D3D4D50101")), nullptr) << "no security domain";
  EXPECT_EQ(card.domain_of(aid("D0D1D2D3D4D50101")).text(), "A000000151535041");
  EXPECT_EQ(card.domain_of(aid("A000000151535041")).text(), "A000000003000000");
  EXPECT_EQ(card.key_domain_of(aid("D0D1D2D3D4D50101")).text(), "A000000151535041");
  EXPECT_EQ(card.free_memory().non_volatile, 0x10000U - 300);
  EXPECT_EQ(card.free_memory().volatile_bytes, 0x1000U - 20);
}

TEST(ProfileRegistry, ADomainWithoutKeysUsesThoseOfTheNextOneUp) {
  auto card = load_profile("generic-scp02").card;
  card.applications.front().domain.emplace();
  EXPECT_EQ(card.key_domain_of(aid("D0D1D2D3D4D50101")).text(), "A000000003000000");
}

TEST(ProfileRegistry, EveryReferenceLeadsSomewhere) {
  EXPECT_EQ(complaint("[" + std::string(kInside) + "]"),
            "bad-profile: p.json: applications[0].domain must be a security domain of the card");
  EXPECT_EQ(complaint("[" + std::string(kDomain) + ", " + std::string(kDomain) + "]"),
            "bad-profile: p.json: applications[1].aid is there already");
  EXPECT_EQ(complaint(R"([{"aid": "D0D1D2D3D4D50101", "life_cycle": "07", "privileges": "000000",
                           "load_file": "D0D1D2D3D4D502"}])"),
            "bad-profile: p.json: applications[0].load_file must be a load file of the card");
  EXPECT_EQ(complaint(R"([{"aid": "D0D1D2D3D4D50101", "life_cycle": "07", "privileges": "000000",
                           "load_file": "D0D1D2D3D4D501", "key_sets": []}])"),
            "bad-profile: p.json: applications[0].key_sets is for a security domain only");
}

}  // namespace
}  // namespace gpsh::virtualcard
