// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/install.h"

#include <gtest/gtest.h>

#include "tests/virtualcard/content_host.h"

namespace gpsh::virtualcard {
namespace {

using test::aid;
using test::ContentHost;

constexpr std::string_view kFile = "E0E1E2E3E401";
constexpr std::string_view kModule = "E0E1E2E3E40101";
constexpr std::string_view kInstance = "E0E1E2E3E4AA01";

ContentHost loaded() {
  ContentHost host;
  EXPECT_EQ(host.load(), "009000");
  return host;
}

TEST(Install, NeedsASession) {
  EXPECT_EQ(test::CardHost("generic-scp02").send("80E60C0000"), "6982");
}

TEST(Install, AnApplicationIsInstalledThenMadeSelectable) {
  auto host = loaded();
  EXPECT_EQ(host.install("0400", {kFile, kModule, kInstance, "00", "C900", ""}), "009000");
  EXPECT_EQ(host.state().find_application(aid(kInstance))->life_cycle, 0x03);
  EXPECT_EQ(host.send("00A4040007E0E1E2E3E4AA01"), "6A82") << "not selectable yet";
  host.open(0x00);
  EXPECT_EQ(host.install("0800", {"", "", kInstance, "00", "", ""}), "009000");
  EXPECT_EQ(host.install("0800", {"", "", kInstance, "00", "", ""}), "6985") << "it is already";
  EXPECT_EQ(host.send("00A4040007E0E1E2E3E4AA01"), "6F098407E0E1E2E3E4AA019000");
}

TEST(Install, BothAtOnce) {
  auto host = loaded();
  EXPECT_EQ(host.make_application(kInstance), "009000");
  const auto& made = *host.state().find_application(aid(kInstance));
  EXPECT_EQ(made.life_cycle, 0x07);
  EXPECT_EQ(made.load_file, aid(kFile));
  EXPECT_EQ(*made.module, aid(kModule));
  EXPECT_FALSE(made.domain);
}

TEST(Install, AnInstanceMayHaveItsModulesAid) {
  auto host = loaded();
  EXPECT_EQ(host.make_application(kModule), "009000");
  EXPECT_EQ(host.make_application(kModule), "6985") << "but not twice";
}

TEST(Install, FileOrModuleMayBeLeftOutWhereTheOtherTells) {
  auto host = loaded();
  EXPECT_EQ(host.install("0C00", {kFile, "", kInstance, "00", "C900", ""}), "009000");
  EXPECT_EQ(host.install("0C00", {"", kModule, "E0E1E2E3E4AA02", "00", "C900", ""}), "009000");
  EXPECT_EQ(host.install("0C00", {"", "", "E0E1E2E3E4AA03", "00", "C900", ""}), "6A88");
}

TEST(Install, RefusalsChangeNothing) {
  auto host = loaded();
  const auto before = host.registry();
  const auto refused = [&](std::initializer_list<std::string_view> fields) {
    auto answer = host.install("0C00", fields);
    EXPECT_EQ(host.registry(), before);
    return answer;
  };
  EXPECT_EQ(refused({"E0E1E2E3E499", kModule, kInstance, "00", "C900", ""}), "6A88") << "no such file";
  EXPECT_EQ(refused({kFile, "E0E1E2E3E40199", kInstance, "00", "C900", ""}), "6A88") << "no such module";
  EXPECT_EQ(refused({"D0D1D2D3D4D501", kModule, kInstance, "00", "C900", ""}), "6A88") << "of another file";
  EXPECT_EQ(refused({kFile, kModule, kFile, "00", "C900", ""}), "6985") << "a load file's AID";
  EXPECT_EQ(refused({kFile, kModule, "D0D1D2D3D4D50101", "00", "C900", ""}), "6985") << "an application's";
  EXPECT_EQ(refused({kFile, kModule, "A000000003000000", "00", "C900", ""}), "6985") << "the issuer's";
  EXPECT_EQ(refused({kFile, kModule, "E0E1E2E3", "00", "C900", ""}), "6A80") << "too short";
  EXPECT_EQ(refused({kFile, kModule, kInstance, "", "C900", ""}), "6A80") << "no privileges";
  EXPECT_EQ(refused({kFile, kModule, kInstance, "0000", "C900", ""}), "6A80") << "two bytes of them";
  EXPECT_EQ(refused({kFile, kModule, kInstance, "00", "", ""}), "6A80") << "C9 is mandatory";
  EXPECT_EQ(refused({kFile, kModule, kInstance, "00", "C9", ""}), "6A80");
  EXPECT_EQ(refused({kFile, kModule, kInstance, "00", "C900", "AABBCC"}), "6A80") << "a token unasked";
  EXPECT_EQ(refused({kFile, kModule, kInstance, "00", "C900"}), "6A80");
}

TEST(Install, Roles) {
  ContentHost host;
  for (const std::string_view p1_p2 :
       {"0000", "0600", "0A00", "0E00", "0C01", "0C03", "1400", "6000", "0201"}) {
    EXPECT_EQ(host.install(p1_p2, {kFile, kModule, kInstance, "00", "C900", ""}), "6A86") << p1_p2;
  }
}

TEST(Install, MakeSelectableRefusals) {
  auto host = loaded();
  EXPECT_EQ(host.install("0800", {"", "", kInstance, "00", "", ""}), "6A88");
  EXPECT_EQ(host.install("0800", {kFile, "", kInstance, "00", "", ""}), "6A80");
  EXPECT_EQ(host.install("0800", {"", "", kFile, "00", "", ""}), "6A88") << "a load file";
  EXPECT_EQ(host.install("0800", {"", "", "A000000003000000", "00", "", ""}), "6A88");
}

// GPCS 2.3.1 section 11.5.2.3.3: a host makes an application the one that a reset selects, early or late.
TEST(Install, MakeSelectableGrantsCardResetAndNothingElse) {
  auto host = loaded();
  EXPECT_EQ(host.install("0400", {kFile, kModule, kInstance, "00", "C900", ""}), "009000");
  EXPECT_EQ(host.install("0800", {"", "", kInstance, "0400", "", ""}), "6A80") << "two bytes";
  EXPECT_EQ(host.install("0800", {"", "", kInstance, "", "", ""}), "6A80");
  EXPECT_EQ(host.install("0800", {"", "", kInstance, "F30000", "", ""}), "009000");
  EXPECT_EQ(to_hex(host.state().find_application(aid(kInstance))->privileges.bytes()), "000000");
  EXPECT_EQ(host.install("0800", {"", "", kInstance, "04", "", ""}), "009000");
  EXPECT_EQ(to_hex(host.state().find_application(aid(kInstance))->privileges.bytes()), "040000");
  EXPECT_EQ(host.make_application("E0E1E2E3E4AA02"), "009000");
  EXPECT_EQ(host.install("0800", {"", "", "E0E1E2E3E4AA02", "04", "", ""}), "6985") << "held once";
  host.card().reset();
  EXPECT_EQ(host.send("80CA00C100"), "6E00") << "the applet is selected";
}

// GPCS 2.3.1 Table 6-1 and section 6.6.2.
TEST(Install, PrivilegesThatCannotBe) {
  auto host = loaded();
  for (const std::string_view privileges : {"40", "20", "41", "004000"}) {
    EXPECT_EQ(host.make_application(kInstance, privileges), "6A80") << privileges;
  }
  for (const std::string_view privileges : {"81", "A04000", "A02000", "A00080", "800040"}) {
    EXPECT_EQ(host.make_domain("A000000151535042", privileges), "6A80") << privileges;
  }
  EXPECT_EQ(host.make_application(kInstance, "80"), "6A80") << "the module makes no domains";
  EXPECT_EQ(host.make_domain("A000000151535042", "00"), "6A80") << "the module makes nothing else";
}

TEST(Install, CardResetAndFinalApplicationAreHeldOnce) {
  auto host = loaded();
  EXPECT_TRUE(host.state().issuer_security_domain.privileges.has(Privilege::card_reset));
  EXPECT_EQ(host.install("0400", {kFile, kModule, kInstance, "04", "C900", ""}), "6A80") << "not selectable";
  EXPECT_EQ(host.make_application(kInstance, "040200"), "009000");
  EXPECT_FALSE(host.state().issuer_security_domain.privileges.has(Privilege::card_reset));
  EXPECT_FALSE(host.state().issuer_security_domain.privileges.has(Privilege::final_application));
  EXPECT_EQ(host.make_application("E0E1E2E3E4AA02", "04"), "6985");
  EXPECT_EQ(host.make_application("E0E1E2E3E4AA02", "000200"), "6985");
  EXPECT_EQ(host.remove(kInstance), "009000");
  EXPECT_TRUE(host.state().issuer_security_domain.privileges.has(Privilege::card_reset)) << "given back";
  EXPECT_TRUE(host.state().issuer_security_domain.privileges.has(Privilege::final_application));
}

TEST(Install, ImplicitSelection) {
  auto host = loaded();
  EXPECT_EQ(host.install("0400", {kFile, kModule, kInstance, "00", "C900EF03CF0140", ""}), "6A80");
  EXPECT_EQ(host.install("0C00", {kFile, kModule, kInstance, "00", "C900EF03CF0140", ""}), "009000");
  host.card().reset();
  EXPECT_EQ(host.send("80CA00C100"), "6E00") << "the applet is selected";
}

TEST(Install, MemoryQuotaAndReservation) {
  auto host = loaded();
  EXPECT_EQ(host.install("0C00", {kFile, kModule, kInstance, "00", "C900EF04C8020010", ""}), "6A84");
  EXPECT_EQ(host.install("0C00", {kFile, kModule, kInstance, "00", "C900EF06D80400100000", ""}), "6A84");
  EXPECT_EQ(host.install("0C00", {kFile, kModule, kInstance, "00", "C900EF04D8021000", ""}), "009000");
  EXPECT_EQ(host.state().find_application(aid(kInstance))->memory.non_volatile, 0x1000U);
}

// GPCS 2.3.1 section 9.3.4.
TEST(Install, LoadInstallAndMakeSelectableInOne) {
  ContentHost host;
  const auto before = host.registry();
  EXPECT_EQ(host.install("0E01", {kFile, "", "", "", ""}), "009000");
  EXPECT_EQ(host.load_blocks(test::load_file_of(test::make_cap())), "009000");
  EXPECT_EQ(host.registry(), before) << "nothing is there before the end";
  EXPECT_EQ(host.install("0E03", {"", kModule, kInstance, "00", "C900", ""}), "009000");
  EXPECT_NE(host.state().find_load_file(aid(kFile)), nullptr);
  EXPECT_NE(host.state().find_application(aid(kInstance)), nullptr);
}

TEST(Install, TheCombinedProcessIsAllOrNothing) {
  ContentHost host;
  const auto before = host.registry();
  EXPECT_EQ(host.install("0E03", {"", kModule, kInstance, "00", "C900", ""}), "6985") << "not begun";
  EXPECT_EQ(host.install("0E01", {kFile, "", "", "", ""}), "009000");
  EXPECT_EQ(host.install("0E03", {"", kModule, kInstance, "00", "C900", ""}), "6985") << "not loaded";
  EXPECT_EQ(host.install("0E01", {kFile, "", "", "", ""}), "009000");
  EXPECT_EQ(host.load_blocks(test::load_file_of(test::make_cap())), "009000");
  EXPECT_EQ(host.install("0E03", {"", "E0E1E2E3E40199", kInstance, "00", "C900", ""}), "6A88");
  EXPECT_EQ(host.registry(), before);
}

TEST(Install, ForPersonalization) {
  auto host = loaded();
  EXPECT_EQ(host.make_application(kInstance), "009000");
  EXPECT_EQ(host.install("2000", {"", "", kInstance, "", "", ""}), "009000");
  EXPECT_EQ(host.install("2000", {"", "", "E0E1E2E3E4AA99", "", "", ""}), "6A88");
  EXPECT_EQ(host.install("2000", {"", "", kInstance, "00", "", ""}), "6A80");
  EXPECT_EQ(host.install("2000", {kFile, "", kInstance, "", "", ""}), "6A80");
  EXPECT_EQ(host.set_status("4080", kInstance), "9000");
  EXPECT_EQ(host.install("2000", {"", "", kInstance, "", "", ""}), "6985") << "locked";
}

TEST(Install, ForPersonalizationOfWhatBelongsToTheDomainOnly) {
  ContentHost host(test::profile_with_domain());
  EXPECT_EQ(host.install("2000", {"", "", "D0D1D2D3D4D50101", "", "", ""}), "6985") << "another domain's";
  EXPECT_EQ(host.install("2000", {"", "", "A000000151535041", "", "", ""}), "009000");
}

TEST(Install, NothingForALockedDomain) {
  ContentHost host(test::profile_with_domain());
  EXPECT_EQ(host.load({}, "A000000151535041"), "009000");
  EXPECT_EQ(host.set_status("4080", "A000000151535041"), "9000");
  EXPECT_EQ(host.make_application(kInstance), "6985");
  EXPECT_EQ(host.install_for_load("E0E1E2E3E402", "A000000151535041"), "6985");
}

TEST(Install, NothingOnALockedCard) {
  auto profile = load_profile("generic-scp02");
  profile.card.issuer_security_domain.life_cycle = CardLifeCycle::locked;
  ContentHost host(std::move(profile));
  EXPECT_EQ(host.install_for_load(), "6985");
  EXPECT_EQ(host.send("80E8800001AA"), "6985");
  EXPECT_EQ(host.remove("D0D1D2D3D4D50101"), "6985");
  EXPECT_TRUE(host.send("80F28002024F0000").ends_with("9000")) << "GET STATUS is there";
}

}  // namespace
}  // namespace gpsh::virtualcard
