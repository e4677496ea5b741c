// SPDX-License-Identifier: Apache-2.0
// Every text of GPShell 3.0.0 that gpsh can print for a failure (reference sections 3.2 and 3.3).
#include <gtest/gtest.h>

#include "interpreter/command_table.h"
#include "interpreter/gpshell_messages.h"

namespace gpsh::interpreter {
namespace {

struct StatusText {
  std::uint32_t code;  ///< 0x8021: in SELECT, or 6300 in EXTERNAL AUTHENTICATE
  std::string_view text;
};

constexpr StatusText kStatusTexts[] = {
    {0x80206283, "6283: Selected file invalidated."},
    {0x80216283, "6283: Card life cycle state is CM_LOCKED."},
    {0x80206285, "6285: SELECT FILE Warning: selected file is terminated."},
    {0x80216300, "6300: Authentication of host cryptogram failed."},
    {0x80206310, "6310: More data available."},
    {0x80206400, "6400: No specific diagnostic."},
    {0x80206581, "6581: Memory failure or EDC check failed."},
    {0x80206700, "6700: Wrong length."},
    {0x80206881, "6881: Function not supported - Logical channel not supported/open."},
    {0x80206882, "6882: Function not supported - Secure messaging not supported."},
    {0x80206982, "6982: Command not allowed - Security status not satisfied."},
    {0x80206985, "6985: Command not allowed - Conditions of use not satisfied."},
    {0x80216985,
     "6985: The application to be selected is not multi-selectable, but its context is already active."},
    {0x80216999, "6999: The application to be selected rejects selection or throws an exception."},
    {0x80206A80, "6A80: Wrong data / Incorrect values in command data."},
    {0x80206A81, "6A81: Function not supported."},
    {0x80216A81, "6A81: Card is locked or selected application was not in a selectable state."},
    {0x80206A82, "6A82: File not found."},
    {0x80216A82, "6A82: The application to be selected could not be found."},
    {0x80206A84, "6A84: Not enough memory space."},
    {0x80206A86, "6A86: Incorrect parameters (P1, P2)."},
    {0x80206A88, "6A88: Referenced data not found."},
    {0x80206B00, "6B00: Wrong parameters (P1, P2)."},
    {0x80206D00, "6D00: Invalid instruction byte / Command not supported or invalid."},
    {0x80206E00, "6E00: Wrong CLA byte."},
    {0x80206F74, "6F74: Illegal parameter."},
    {0x80209000, "9000: Success. No error."},
    {0x80209484, "9484: Algorithm not supported."},
    {0x80209485, "9485: Invalid key check value."},
};

TEST(GpshellTexts, OfEveryStatusWord) {
  for (const auto& [code, text] : kStatusTexts) {
    const StatusWord sw(static_cast<std::uint16_t>(code));
    const bool use_case = code >> 16 == 0x8021;
    const std::uint8_t ins = !use_case ? 0xCA : sw.value() == 0x6300 ? 0x82 : 0xA4;
    EXPECT_EQ(gpshell_status(sw, ins).code, code);
    EXPECT_EQ(gpshell_status(sw, ins).message, text);
  }
}

struct ReasonText {
  std::string_view reason;  ///< Error::code
  std::uint32_t code;
  std::string_view text;
};

constexpr ReasonText kReasonTexts[] = {
    {"bad-apdu", 0x80301000,
     "A APDU command can't be recognized as a valid T=0 protocol Case 1-4 ISO7816-4 APDU"},
    {"card-cryptogram", 0x80302000, "The verification of the card cryptogram failed."},
    {"wrong-mode", 0x80302000, "The verification of the card cryptogram failed."},
    {"too-long-for-channel", 0x80303000, "The command is too large for secure messaging."},
    {"data-too-long", 0x80303001, "The command data is too large."},
    {"key-version", 0x80308000, "Wrong key version."},
    {"key-type", 0x8030A000, "Wrong key type."},
    {"key-check-value", 0x8030B000, "Key check value reported does not match."},
    {"key-selection", 0x8030C000, "The combination of key set version and key index is invalid."},
    {"load-file-too-long", 0x8030E000, "The application to load must be less than 32535 bytes."},
    {"key-exponent", 0x8030F003, "The exponent must be 3 or 65537."},
    {"level-not-covered", 0x8030F006, "The Secure Channel Protocol Implementation is invalid."},
    {"response-mac", 0x8030F007, "The validation of the R-MAC has failed."},
    {"cap-structure", 0x8030F008, "The load file has an invalid structure."},
    {"aid-missing", 0x8030F008, "The load file has an invalid structure."},
    {"cap-unzip", 0x8030F009, "The CAP file cannot be unzipped."},
    {"protocol-mismatch", 0x8030F00A, "The Secure Channel Protocol passed and reported do not match."},
    {"bad-response", 0x8030F00B, "The response of the command was invalid."},
    {"short-data", 0x8030F00B, "The response of the command was invalid."},
    {"bad-tlv", 0x8030F00B, "The response of the command was invalid."},
    {"short-response", 0x8030F00B, "The response of the command was invalid."},
    {"card-challenge", 0x8030F00D,
     "The calculated pseudo random card challenge from the card does not match."},
    {"no-protocol", 0x8030F00F, "No supported secure channel protocol was found."},
    {"no-connection", 0x80500002,
     "PC/SC plugin is not initialized. A card connection must be created first."},
    {"key-curve", 0x8030A000, "Unsupported ECC curve for delegated management token key"},
    {"no-file-name", 0x8030F001, "A file name is invalid."},
    {"no-context", 0x00000000, "sendAPDUFunction is NULL. Likely no connection library is set."},
    {"pem", 0x8030F00C, "our own words"},
    {"anything else", 0x8030F000, "our own words"},
};

TEST(GpshellTexts, OfEveryReason) {
  for (const auto& [reason, code, text] : kReasonTexts) {
    const auto known =
        gpshell_error(Error({.kind = ErrorKind::usage, .code = reason, .message = "our own words"}));
    EXPECT_EQ(known.code, code) << reason;
    EXPECT_EQ(known.message, text) << reason;
  }
}

struct Label {
  std::string_view command;
  std::string_view label;
};

constexpr Label kLabels[] = {
    {"establish_context", "establish_context failed with error"},
    {"release_context", "release_context failed with error"},
    {"list_readers", "list_readers failed with error"},
    {"card_connect", "card_connect() returns"},
    {"card_disconnect", "card_disconnect() returns"},
    {"select", "select_application() returns"},
    {"get_secure_channel_protocol_details", "get_secure_channel_protocol_details() returns"},
    {"open_sc", "mutual_authentication() returns"},
    {"get_data", "get_data() returns"},
    {"get_card_recognition_data", "get_card_recognition_data() returns"},
    {"get_key_information_templates", "get_key_information_templates() returns"},
    {"get_extended_card_resources_information", "get_extended_card_resources_information() returns"},
    {"get_status", "get_status() returns"},
    {"load", "load() returns"},
    {"install_for_load", "install_for_load() returns"},
    {"install_for_install", "install_for_install() returns"},
    {"install_for_make_selectable", "install_for_make_selectable() returns"},
    {"install_for_personalization", "install_for_personalization() returns"},
    {"store_data", "store_data() returns"},
    {"delete", "delete() returns"},
    {"delete_key", "delete_key() return"},
    {"put_sc_key", "put_secure_channel_keys() returns"},
    {"put_dm_token_keys", "put_delegated_management_token_keys() returns"},
    {"put_dm_receipt_keys", "put_delegated_management_receipt_keys() returns"},
    {"put_dm_keys", "put_delegated_management_keys() returns"},
    {"send_apdu", "send_APDU() returns"},
    {"send_apdu_nostop", "send_APDU() returns"},
};

TEST(GpshellTexts, LabelOfEveryCommand) {
  for (const auto& [command, label] : kLabels) {
    const auto* info = find_command(command);
    ASSERT_NE(info, nullptr) << command;
    EXPECT_EQ(info->failure_label, label);
  }
}

}  // namespace
}  // namespace gpsh::interpreter
