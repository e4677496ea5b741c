// SPDX-License-Identifier: Apache-2.0
#include "core/secret_commands.h"

#include <gtest/gtest.h>

namespace gpsh {
namespace {

std::string shown(std::string_view apdu) {
  return to_hex(shown_in_messages(hex(apdu)));
}

TEST(SecretCommands, OfKeysAndPinsMessagesHaveTheHeaderAlone) {
  EXPECT_EQ(shown("80D8008102 0102 00"), "80D80081");
  EXPECT_EQ(shown("84D8008102 0102 00"), "84D80081");
  EXPECT_EQ(shown("A020000104 31323334"), "A0200001");
  EXPECT_EQ(shown("802D000104 31323334"), "802D0001");
  EXPECT_EQ(shown("80E2600002 0102"), "80E26000");
}

TEST(SecretCommands, OtherCommandsAreShownWhole) {
  EXPECT_EQ(shown("80E2000002 0102"), "80E20000020102");
  EXPECT_EQ(shown("00D8008102 0102"), "00D80081020102") << "not the class of GlobalPlatform";
  EXPECT_EQ(shown("80CA9F7F00"), "80CA9F7F00");
}

TEST(SecretCommands, OfWhatIsNoCommandTheStart) {
  EXPECT_EQ(shown("0020000108313233"), "00200001");
  EXPECT_EQ(shown("0020"), "0020");
  EXPECT_EQ(shown(""), "");
}

TEST(SecretCommands, NamesOfPinCommands) {
  EXPECT_EQ(pin_command_name(0x21), "VERIFY");
  EXPECT_EQ(pin_command_name(0x24), "CHANGE REFERENCE DATA");
  EXPECT_EQ(pin_command_name(0xD8), "");
}

}  // namespace
}  // namespace gpsh
