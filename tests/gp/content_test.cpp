// SPDX-License-Identifier: Apache-2.0
#include "gp/content.h"

#include <gtest/gtest.h>

#include "tests/gp/session_fixture.h"
#include "tests/support/thrown_error.h"

namespace gpsh::gp {
namespace {

using test::thrown_error;

Aid aid(std::string_view text) {
  return Aid::from_bytes(hex(text)).value();
}

const Aid kPackage = aid("D0D1D2D3D4D501");
const Aid kApplet = aid("D0D1D2D3D4D50101");

class Content : public SessionTest {};
class ContentOnGpshellsWire : public SessionTest {
 protected:
  ContentOnGpshellsWire() : SessionTest(Wire::gpshell) {}
};

// The bytes are those of GPShell 3.0.0 for helloworld.cap.
TEST_F(Content, InstallForLoad) {
  card.expect("80E602001A 07D0D1D2D3D4D501 08A000000151000000 00 06EF04C6020160 00 00", "009000");
  install_for_load(
      session, {.package = kPackage, .security_domain = aid("A000000151000000"), .limits = {.code = 343}});
}

TEST_F(Content, ALostAnswerToDeleteSaysWhatMayBe) {
  const auto advice = [&](std::string_view answer) {
    card.expect("80E4008009 4F07D0D1D2D3D4D501 00", answer);
    return thrown_error([&] { return delete_object(session, {.aid = kPackage}); }).advice;
  };
  const std::string may_be = "the card may have deleted it: get_status shows whether it is there";
  EXPECT_TRUE(advice("90").ends_with(may_be));
  EXPECT_EQ(advice("6985").find(may_be), std::string::npos);
  observer.stopping = true;
  EXPECT_EQ(thrown_error([&] { return delete_object(session, {.aid = kPackage}); }).advice, "");
}

TEST_F(Content, InstallForLoadWithoutLimitsAndAids) {
  card.expect("80E6020005 00 00 00 00 00 00", "009000");
  install_for_load(session, {});
}

TEST_F(Content, InstallForInstallAndMakeSelectable) {
  card.expect(
      "80E60C0027 07D0D1D2D3D4D501 08D0D1D2D3D4D50101 08D0D1D2D3D4D50101 0102 09C90100EF04C80201F4 00 00",
      "009000");
  const InstallRequest request{
      .package = kPackage,
      .module = kApplet,
      .instance = kApplet,
      .privileges = 0x020000,
      .parameters = {.application = hex("00"), .memory = {.non_volatile_data = 500}}};
  EXPECT_FALSE(install_for_install_and_make_selectable(session, request));
}

TEST_F(Content, InstallForInstallWithThreePrivilegeBytes) {
  card.expect("80E6040022 07D0D1D2D3D4D501 08D0D1D2D3D4D50101 08D0D1D2D3D4D50101 03808000 02C900 00 00",
              "9000");
  EXPECT_FALSE(install_for_install(
      session, {.package = kPackage, .module = kApplet, .instance = kApplet, .privileges = 0x808000}));
}

TEST_F(Content, MakeSelectableEncodesPrivilegesAsTheOthersDo) {
  card.expect("80E608000F 00 00 08D0D1D2D3D4D50101 0102 00 00 00", "009000");
  install_for_make_selectable(session, {.instance = kApplet, .privileges = 0x020000});
}

TEST_F(ContentOnGpshellsWire, MakeSelectableSendsTheLowestPrivilegeByte) {
  card.expect("80E608000F 00 00 08D0D1D2D3D4D50101 0100 00 00 00", "009000");
  install_for_make_selectable(session, {.instance = kApplet, .privileges = 0x020000});
}

TEST_F(Content, InstallForPersonalization) {
  card.expect("80E620000E 00 00 08D0D1D2D3D4D50101 00 00 00 00", "009000");
  install_for_personalization(session, kApplet);
}

TEST_F(Content, LongParametersAreSentInPieces) {
  card.expect("80E68400FF" + to_hex(concat({hex("00 00 00 0100 820104 C9820100"), Bytes(243, 0x11)})), "9000")
      .expect("80E604000E" + to_hex(Bytes(13, 0x11)) + "00" + "00", "9000");
  install_for_install(session, {.parameters = {.application = Bytes(256, 0x11)}});
}

TEST_F(Content, DeleteTakesWhatCameFromAPackage) {
  card.expect("80E4008009 4F07D0D1D2D3D4D501 00", "009000");
  EXPECT_FALSE(delete_object(session, {.aid = kPackage}));
}

TEST_F(Content, DeleteOfOpenPlatformTakesTheObjectAlone) {
  card.expect("80E4000009 4F07D0D1D2D3D4D501 00", "009000");
  delete_object(session, {.aid = kPackage, .mode = CardMode::open_platform_201});
}

TEST_F(Content, ARefusalNamesTheCommand) {
  card.expect("80E4008009 4F07D0D1D2D3D4D501 00", "6A88");
  const auto error = thrown_error([&] { return delete_object(session, {.aid = kPackage}); });
  EXPECT_EQ(error.code, "card-status");
  EXPECT_EQ(error.message, "DELETE was refused: 6A88, referenced data not found");
}

TEST_F(Content, AReceiptIsReturned) {
  card.expect("80E4008009 4F07D0D1D2D3D4D501 00", "0A 02A1A2 020001 03D1D2D3 9000");
  const auto confirmation = delete_object(session, {.aid = kPackage});
  ASSERT_TRUE(confirmation);
  EXPECT_EQ(confirmation->receipt, hex("A1A2"));
}

TEST_F(Content, TheDomainIsTheSelectedOneAsTheCardNamesIt) {
  EXPECT_EQ(associated_domain(session, {}, CardMode::global_platform_211), aid("A0000001510000"));
  EXPECT_EQ(associated_domain(session, {}, CardMode::open_platform_201), aid("A0000000030000"));
  session.set_selection({.typed = aid("A000000151"), .aid = aid("A000000151000000")});
  EXPECT_EQ(associated_domain(session, {}, CardMode::global_platform_211), aid("A000000151000000"));
  EXPECT_EQ(associated_domain(session, kPackage, CardMode::global_platform_211), kPackage);
}

TEST_F(ContentOnGpshellsWire, TheDomainIsTheSelectedOneAsItWasTyped) {
  session.set_selection({.typed = aid("A000000151"), .aid = aid("A000000151000000")});
  EXPECT_EQ(associated_domain(session, {}, CardMode::global_platform_211), aid("A000000151"));
}

}  // namespace
}  // namespace gpsh::gp
