// SPDX-License-Identifier: Apache-2.0
#include "interpreter/gpshell_messages.h"

#include <gtest/gtest.h>

namespace gpsh::interpreter {
namespace {

Error refused(std::uint16_t sw, std::uint8_t ins) {
  return Error({.kind = ErrorKind::card,
                .code = "card-status",
                .message = "refused",
                .exchange = Exchange{.command = "X", .apdu = {0x80, ins, 0x00, 0x00}, .sw = StatusWord(sw)}});
}

// Texts and numbers: GPShell 3.0.0, reference section 3.3.
TEST(GpshellMessages, StatusWordHasItsUseCaseInSelectAndAuthenticate) {
  EXPECT_EQ(
      gpshell_error_line("select_application() returns", refused(0x6A82, 0xA4)),
      "select_application() returns 0x80216A82 (6A82: The application to be selected could not be found.)");
  EXPECT_EQ(gpshell_error_line("get_data() returns", refused(0x6A82, 0xCA)),
            "get_data() returns 0x80206A82 (6A82: File not found.)");
  EXPECT_EQ(gpshell_error_line("mutual_authentication() returns", refused(0x6300, 0x82)),
            "mutual_authentication() returns 0x80216300 (6300: Authentication of host cryptogram failed.)");
  EXPECT_EQ(gpshell_error_line("get_data() returns", refused(0x6300, 0xCA)),
            "get_data() returns 0x80206300 (Unknown ISO7816 error: 0x6300)");
}

TEST(GpshellMessages, LengthsAreInTheText) {
  EXPECT_EQ(gpshell_status(StatusWord(0x6C1A), 0xCA).message, "Wrong length Le: Exact length: 0x1A");
  EXPECT_EQ(gpshell_status(StatusWord(0x61FF), 0xCA).message,
            "Number of response bytes still available: 0xFF");
}

TEST(GpshellMessages, ReasonsOfTheLibraryHaveTheirNumbers) {
  const Error cryptogram({.kind = ErrorKind::security, .code = "card-cryptogram", .message = "ours"});
  EXPECT_EQ(gpshell_error_line("mutual_authentication() returns", cryptogram),
            "mutual_authentication() returns 0x80302000 (The verification of the card cryptogram failed.)");
}

TEST(GpshellMessages, DetectionHasItsOwnLabel) {
  auto facts = refused(0x6985, 0xCA).facts();
  facts.code = "detection-refused";
  EXPECT_EQ(gpshell_error_line("mutual_authentication() returns", Error(facts)),
            "get_secure_channel_protocol_details() returns 0x80206985 (6985: Command not allowed - "
            "Conditions of use "
            "not satisfied.)");
}

TEST(GpshellMessages, CardReaderErrorsKeepNumberAndTextOfTheirLibrary) {
  const Error no_card({.kind = ErrorKind::reader,
                       .code = "no-card",
                       .message = "ours",
                       .native_code = 0x8010000C,
                       .native_text = "No smart card inserted."});
  EXPECT_EQ(gpshell_error_line("card_connect() returns", no_card),
            "card_connect() returns 0x8010000C (No smart card inserted.)");
}

TEST(GpshellMessages, FailureUnknownToGpshellIsAFailedValidation) {
  const Error ours({.kind = ErrorKind::usage, .code = "not-built", .message = "our words"});
  EXPECT_EQ(gpshell_error_line("open() returns", ours), "open() returns 0x8030F000 (our words)");
}

}  // namespace
}  // namespace gpsh::interpreter
