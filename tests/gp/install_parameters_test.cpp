// SPDX-License-Identifier: Apache-2.0
#include "gp/install_parameters.h"

#include <gtest/gtest.h>

namespace gpsh::gp {
namespace {

// The values of a load file of 343 bytes and of -nvCodeLimit 4000 are GPShell's.
TEST(InstallParameters, TheCodeGetsAMargin) {
  EXPECT_EQ(code_limit_with_margin(343), 352U);
  EXPECT_EQ(code_limit_with_margin(4000), 4016U);
  EXPECT_EQ(code_limit_with_margin(1), 16U);
  EXPECT_EQ(code_limit_with_margin(0xFFFFFFFF), 0xFFFFFFFFU);
}

TEST(InstallParameters, LoadParameters) {
  EXPECT_EQ(to_hex(load_parameters_field({})), "");
  EXPECT_EQ(to_hex(load_parameters_field({.code = 352, .non_volatile_data = 2000})), "EF08C6020160C80207D0");
  EXPECT_EQ(to_hex(load_parameters_field({.code = 1, .volatile_data = 2, .non_volatile_data = 3})),
            "EF0CC6020001C7020002C8020003");
}

TEST(InstallParameters, FourBytesWhereTwoAreTooFew) {
  EXPECT_EQ(to_hex(load_parameters_field({.code = 65535})), "EF04C602FFFF");
  EXPECT_EQ(to_hex(load_parameters_field({.code = 65536})), "EF06C60400010000");
  EXPECT_EQ(to_hex(load_parameters_field({.volatile_data = 0xFFFFFFFF})), "EF06C704FFFFFFFF");
}

TEST(InstallParameters, ApplicationParametersAreAlwaysThere) {
  EXPECT_EQ(to_hex(install_parameters_field({})), "C900");
  // The memory of the code is no parameter of an instance.
  EXPECT_EQ(to_hex(install_parameters_field(
                {.application = hex("00"), .memory = {.code = 9, .non_volatile_data = 500}})),
            "C90100EF04C80201F4");
}

TEST(InstallParameters, SystemAndUiccParameters) {
  EXPECT_EQ(to_hex(install_parameters_field({.application = hex("0102"),
                                             .memory = {.volatile_data = 16},
                                             .sim = hex("A1A2"),
                                             .uicc = hex("B1")})),
            "C9020102EF08C7020010CA02A1A2EA01B1");
}

TEST(InstallParameters, LongParametersHaveLongLengths) {
  const auto field = install_parameters_field({.application = Bytes(256, 0x11), .uicc = Bytes(128, 0x22)});
  EXPECT_EQ(to_hex(field), "C9820100" + to_hex(Bytes(256, 0x11)) + "EA8180" + to_hex(Bytes(128, 0x22)));
}

TEST(InstallParameters, PrivilegesHaveOneOrThreeBytes) {
  EXPECT_EQ(to_hex(privilege_bytes(0)), "00");
  EXPECT_EQ(to_hex(privilege_bytes(0x020000)), "02");
  EXPECT_EQ(to_hex(privilege_bytes(0x9F8000)), "9F8000");
  EXPECT_EQ(to_hex(privilege_bytes(0x000010)), "000010");
}

}  // namespace
}  // namespace gpsh::gp
