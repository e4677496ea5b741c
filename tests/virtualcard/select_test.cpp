// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/select.h"

#include <gmock/gmock.h>

#include "core/tlv.h"
#include "tests/virtualcard/card_host.h"
#include "tests/virtualcard/domain_profile.h"

namespace gpsh::virtualcard {
namespace {

using test::CardHost;

constexpr std::string_view kSelectApplet = "00A4040008D0D1D2D3D4D5010100";
constexpr std::string_view kAppletFci = "6F0A8408D0D1D2D3D4D501019000";

TEST(Select, TheFciOfTheIssuerSecurityDomain) {
  CardHost host("generic-scp02");
  const auto answer = host.send("00A4040008A000000003000000");
  EXPECT_EQ(
      answer,
      "6F418408A000000003000000A535"
      "732F06072A864886FC6B01600C060A2A864886FC6B02020301630906072A864886FC6B03640B06092A864886FC6B040215"
      "9F6501FF9000");
  EXPECT_EQ(host.send("00A4040000"), answer) << "no AID, Le";
  EXPECT_EQ(host.send("00A40400"), answer) << "no AID, no Le";
  EXPECT_EQ(host.send("00A4040008A00000000300000000"), answer) << "with Le";
  EXPECT_EQ(host.send("00A404000000 00"), answer) << "extended Le";
}

TEST(Select, TheOptionsAreThoseOfTheProfile) {
  CardHost host("scp02-i55");
  EXPECT_THAT(host.send("00A4040000"), testing::HasSubstr("640B06092A864886FC6B040255"));
}

// FCI of recordings seed-03 and seed-04.
TEST(Select, TheJcopGivesTheRecordedFci) {
  CardHost host("jcop-j2a040");
  EXPECT_EQ(
      host.send("00A4040008A000000003000000"),
      "6F658408A000000003000000A5599F6501FF9F6E06479100783300734A06072A864886FC6B01600C060A2A864886FC6B0202"
      "0101630906072A864886FC6B03640B06092A864886FC6B040215650B06092B8510864864020103660C060A2B060104012A02"
      "6E01029000");
}

TEST(Select, IdentifyTellsWhetherAJcopIsFused) {
  EXPECT_EQ(CardHost("jcop-j2a040").send("00A4040009A000000167413000FF"),
            "04310033000000004E5830313143010339F8736A82");
  EXPECT_EQ(CardHost("jcop-not-fused").send("00A4040009A000000167413000FF"),
            "04310033000000004E5830313143000339F8736A82");
}

TEST(Select, BeforeFusingThereIsNoIssuerSecurityDomainToSelect) {
  CardHost host("jcop-not-fused");
  EXPECT_EQ(host.send("00A4040008A000000003000000"), "6A82");
  EXPECT_EQ(host.send("00A4040000"), "6A82");
}

TEST(Select, PartialAidsAndTheNextOccurrence) {
  auto profile = load_profile("generic-scp02");
  auto second = profile.card.applications.front();
  second.aid = *Aid::from_bytes(hex("D0D1D2D3D4D50102"));
  profile.card.applications.push_back(second);
  CardHost host(std::move(profile));
  EXPECT_EQ(host.send("00A4040005D0D1D2D3D4"), kAppletFci);
  EXPECT_EQ(host.send("00A4040205D0D1D2D3D4"), "6F0A8408D0D1D2D3D4D501029000");
  EXPECT_EQ(host.send("00A4040205D0D1D2D3D4"), "6A82") << "no third";
  EXPECT_EQ(host.send("00A4040005D0D1D2D3D4"), kAppletFci) << "first begins anew";
  EXPECT_TRUE(host.send("00A4040005A000000003").ends_with("9000"));
}

TEST(Select, WhatIsNotThere) {
  CardHost host("generic-scp02");
  EXPECT_EQ(host.send("00A4040008A000000151000000"), "6A82");
  EXPECT_EQ(host.send("00A4040009A00000000300000001"), "6A82") << "longer than any AID";
  EXPECT_EQ(host.send("00A4040011000102030405060708090A0B0C0D0E0F10"), "6700");
}

TEST(Select, WhatIsNotSelectable) {
  for (const std::uint8_t life_cycle : Bytes{0x03, 0x87}) {
    auto profile = load_profile("generic-scp02");
    profile.card.applications.front().life_cycle = life_cycle;
    EXPECT_EQ(CardHost(std::move(profile)).send(kSelectApplet), "6A82");
  }
}

TEST(Select, ParametersAndClass) {
  CardHost host("generic-scp02");
  EXPECT_EQ(host.send("00A4000002 3F00"), "6A86");
  EXPECT_EQ(host.send("00A4040100"), "6A86");
  EXPECT_EQ(host.send("00A4040300"), "6A86") << "previous";
  EXPECT_EQ(host.send("00A4041000"), "6A86");
  EXPECT_EQ(host.send("80A4040000"), "6E00");
  EXPECT_EQ(host.send("04A4040000"), "6882");
}

// ISO/IEC 7816-4, 11.2.2; OpenSC asks for nothing, pySim for the FCP.
TEST(Select, WhatIsReturnedMayBeChosen) {
  CardHost host("generic-scp02");
  EXPECT_EQ(host.send("00A4040C08D0D1D2D3D4D50101"), "9000");
  EXPECT_EQ(host.send("00B0000000"), "6D00") << "the applet is selected";
  EXPECT_EQ(host.send("00A4040C08A000000003000000"), "9000");
  const auto fci = host.send("00A4040008A00000000300000000");
  EXPECT_EQ(host.send("00A4040408A00000000300000000"), fci);
  EXPECT_EQ(host.send("00A4040608D0D1D2D3D4D50101"), kAppletFci) << "the next";
  EXPECT_EQ(host.send("00A4040C05A000000151"), "6A82");
}

TEST(Select, SuccessEndsTheSessionAndFailureDoesNot) {
  CardHost host("generic-scp02");
  host.open(0x01);
  EXPECT_EQ(host.send("00A4040008A000000151000000"), "6A82");
  EXPECT_TRUE(host.send_wrapped("80F28002024F0000").ends_with("9000"));
  EXPECT_TRUE(host.send("00A4040000").ends_with("9000"));
  EXPECT_EQ(host.send_wrapped("80F28002024F0000"), "6982");
}

TEST(Select, TheApplicationKnowsNoInstruction) {
  CardHost host("generic-scp02");
  EXPECT_EQ(host.send(kSelectApplet), kAppletFci);
  EXPECT_EQ(host.send("00B0000000"), "6D00");
  EXPECT_EQ(host.send("00CA006600"), "6D00");
  EXPECT_EQ(host.send("80CA006600"), "6E00");
  EXPECT_EQ(host.send("80500000080102030405060708"), "6E00");
  EXPECT_EQ(host.send("00A4040008A000000151000000"), "6A82");
  EXPECT_EQ(host.send("00B0000000"), "6D00") << "still selected";
  EXPECT_TRUE(host.send("00A4040000").ends_with("9000"));
  EXPECT_TRUE(host.send("80CA006600").ends_with("9000"));
}

TEST(Select, ASupplementarySecurityDomainHasAnFciAndKeysOfItsOwn) {
  CardHost host(test::profile_with_domain());
  const auto answer = host.send(test::kSelectDomain);
  EXPECT_TRUE(answer.starts_with("6F418408A000000151535041A535732F")) << answer;
  EXPECT_TRUE(answer.ends_with("9F6501FF9000")) << answer;
  EXPECT_THAT(host.send("80CA00E000"), testing::StartsWith("E012C00401208010C00402208010C00403208010"));
  EXPECT_EQ(host.send("80CA00C100"), "C10200079000");
  EXPECT_EQ(host.send("80CA9F7F00"), "6A88") << "the card's own data is the issuer's";
  host.use_keys(test::domain_keys(host.state()));
  host.open(0x01);
  EXPECT_EQ(host.state().find_domain(test::domain_aid())->default_key_set().sequence_counter, 8U);
  EXPECT_EQ(host.state().default_key_set().sequence_counter, 0U);
}

TEST(Select, WrongKeysCountForTheDomainThatHasThem) {
  CardHost host(test::profile_with_domain());
  host.send(test::kSelectDomain);
  host.initialize_update();
  EXPECT_EQ(host.send_bytes(host.external_authenticate(0x01)), "6300");
  EXPECT_EQ(host.state().find_domain(test::domain_aid())->failed_authentications, 1U);
  EXPECT_EQ(host.state().issuer_security_domain.domain.failed_authentications, 0U);
}

TEST(Select, ALockedCardSelectsItsFinalApplicationOnly) {
  auto profile = test::profile_with_domain();
  profile.card.issuer_security_domain.life_cycle = CardLifeCycle::locked;
  CardHost host(std::move(profile));
  EXPECT_TRUE(host.send("00A4040000").ends_with("6283"));
  EXPECT_TRUE(host.send("00A4040007A0000000030000").ends_with("6283")) << "by a part of its AID";
  EXPECT_EQ(host.send(test::kSelectDomain), "6A81");
  EXPECT_EQ(host.send(kSelectApplet), "6A81");
  EXPECT_TRUE(host.send("80CA00C100").ends_with("9000")) << "the issuer's domain is still selected";
}

TEST(Select, TheFinalApplicationOfALockedCardMayBeAnother) {
  auto profile = load_profile("generic-scp02");
  profile.card.issuer_security_domain.life_cycle = CardLifeCycle::locked;
  profile.card.applications.front().privileges = Privileges().with(Privilege::final_application);
  CardHost host(std::move(profile));
  EXPECT_EQ(host.send("00B0000000"), "6D00") << "selected by the reset";
  EXPECT_EQ(host.send("80CA00C100"), "6E00");
  EXPECT_EQ(host.send("00A4040000"), "6A81");
  EXPECT_EQ(host.send(kSelectApplet), "6F0A8408D0D1D2D3D4D501019000");
}

TEST(Select, ATerminatedCardAnswersGetDataOnly) {
  auto profile = load_profile("generic-scp02");
  profile.card.issuer_security_domain.life_cycle = CardLifeCycle::terminated;
  CardHost host(std::move(profile));
  EXPECT_EQ(host.send("00A4040000"), "6985");
  EXPECT_EQ(host.send("80500000080102030405060708"), "6985");
  EXPECT_EQ(host.send("80F28002024F0000"), "6985");
  EXPECT_TRUE(host.send("80CA00C100").ends_with("9000"));
}

}  // namespace
}  // namespace gpsh::virtualcard
