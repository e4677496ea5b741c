// SPDX-License-Identifier: Apache-2.0
#include "interpreter/gpshell_messages.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace gpsh::interpreter {
namespace {

constexpr std::uint32_t kGeneral = 0x80200000;
constexpr std::uint32_t kUseCase = 0x80210000;
constexpr std::uint8_t kSelect = 0xA4;
constexpr std::uint8_t kExternalAuthenticate = 0x82;

struct Row {
  std::uint32_t code;
  std::string_view message;
};

constexpr std::array kStatusRows = {
    Row{0x80206283, "6283: Selected file invalidated."},
    Row{0x80216283, "6283: Card life cycle state is CM_LOCKED."},
    Row{0x80206285, "6285: SELECT FILE Warning: selected file is terminated."},
    Row{0x80216300, "6300: Authentication of host cryptogram failed."},
    Row{0x80206310, "6310: More data available."},
    Row{0x80206400, "6400: No specific diagnostic."},
    Row{0x80206581, "6581: Memory failure or EDC check failed."},
    Row{0x80206700, "6700: Wrong length."},
    Row{0x80206881, "6881: Function not supported - Logical channel not supported/open."},
    Row{0x80206882, "6882: Function not supported - Secure messaging not supported."},
    Row{0x80206982, "6982: Command not allowed - Security status not satisfied."},
    Row{0x80206985, "6985: Command not allowed - Conditions of use not satisfied."},
    Row{0x80216985,
        "6985: The application to be selected is not multi-selectable, but its context is already active."},
    Row{0x80216999, "6999: The application to be selected rejects selection or throws an exception."},
    Row{0x80206A80, "6A80: Wrong data / Incorrect values in command data."},
    Row{0x80206A81, "6A81: Function not supported."},
    Row{0x80216A81, "6A81: Card is locked or selected application was not in a selectable state."},
    Row{0x80206A82, "6A82: File not found."},
    Row{0x80216A82, "6A82: The application to be selected could not be found."},
    Row{0x80206A84, "6A84: Not enough memory space."},
    Row{0x80206A86, "6A86: Incorrect parameters (P1, P2)."},
    Row{0x80206A88, "6A88: Referenced data not found."},
    Row{0x80206B00, "6B00: Wrong parameters (P1, P2)."},
    Row{0x80206D00, "6D00: Invalid instruction byte / Command not supported or invalid."},
    Row{0x80206E00, "6E00: Wrong CLA byte."},
    Row{0x80206F74, "6F74: Illegal parameter."},
    Row{0x80209000, "9000: Success. No error."},
    Row{0x80209484, "9484: Algorithm not supported."},
    Row{0x80209485, "9485: Invalid key check value."},
};

struct LibraryRow {
  std::string_view reason;  ///< Error::code
  std::uint32_t code;
  std::string_view message;  ///< empty: the error's own
};

constexpr std::array kLibraryRows = {
    LibraryRow{"bad-apdu", 0x80301000,
               "A APDU command can't be recognized as a valid T=0 protocol Case 1-4 ISO7816-4 APDU"},
    LibraryRow{"card-cryptogram", 0x80302000, "The verification of the card cryptogram failed."},
    LibraryRow{"wrong-mode", 0x80302000, "The verification of the card cryptogram failed."},
    LibraryRow{"too-long-for-channel", 0x80303000, "The command is too large for secure messaging."},
    LibraryRow{"data-too-long", 0x80303001, "The command data is too large."},
    LibraryRow{"key-version", 0x80308000, "Wrong key version."},
    LibraryRow{"key-type", 0x8030A000, "Wrong key type."},
    LibraryRow{"key-curve", 0x8030A000, "Unsupported ECC curve for delegated management token key"},
    LibraryRow{"key-check-value", 0x8030B000, "Key check value reported does not match."},
    LibraryRow{"key-selection", 0x8030C000, "The combination of key set version and key index is invalid."},
    LibraryRow{"key-exponent", 0x8030F003, "The exponent must be 3 or 65537."},
    LibraryRow{"pem", 0x8030F00C, {}},
    LibraryRow{"level-not-covered", 0x8030F006, "The Secure Channel Protocol Implementation is invalid."},
    LibraryRow{"response-mac", 0x8030F007, "The validation of the R-MAC has failed."},
    LibraryRow{"protocol-mismatch", 0x8030F00A,
               "The Secure Channel Protocol passed and reported do not match."},
    LibraryRow{"bad-response", 0x8030F00B, "The response of the command was invalid."},
    LibraryRow{"short-data", 0x8030F00B, "The response of the command was invalid."},
    LibraryRow{"bad-tlv", 0x8030F00B, "The response of the command was invalid."},
    LibraryRow{"short-response", 0x8030F00B, "The response of the command was invalid."},
    LibraryRow{"load-file-too-long", 0x8030E000, "The application to load must be less than 32535 bytes."},
    LibraryRow{"no-file-name", 0x8030F001, "A file name is invalid."},
    LibraryRow{"cap-structure", 0x8030F008, "The load file has an invalid structure."},
    LibraryRow{"aid-missing", 0x8030F008, "The load file has an invalid structure."},
    LibraryRow{"cap-unzip", 0x8030F009, "The CAP file cannot be unzipped."},
    LibraryRow{"card-challenge", 0x8030F00D,
               "The calculated pseudo random card challenge from the card does not match."},
    LibraryRow{"no-protocol", 0x8030F00F, "No supported secure channel protocol was found."},
    LibraryRow{"no-context", 0x00000000, "sendAPDUFunction is NULL. Likely no connection library is set."},
    LibraryRow{"no-connection", 0x80500002,
               "PC/SC plugin is not initialized. A card connection must be created first."},
};

constexpr std::uint32_t kValidationFailed = 0x8030F000;

bool has_use_case(StatusWord sw, std::uint8_t ins) {
  constexpr std::array<std::uint16_t, 5> kSelectWords = {0x6985, 0x6999, 0x6A81, 0x6A82, 0x6283};
  if (ins == kSelect) return std::ranges::find(kSelectWords, sw.value()) != kSelectWords.end();
  return ins == kExternalAuthenticate && sw.value() == 0x6300;
}

std::string status_message(std::uint32_t code, StatusWord sw) {
  const auto row = std::ranges::find(kStatusRows, code, &Row::code);
  if (row != kStatusRows.end()) return std::string(row->message);
  if (sw.sw1() == 0x6C) return fmt::format("Wrong length Le: Exact length: 0x{:02X}", sw.sw2());
  if (sw.sw1() == 0x61) return fmt::format("Number of response bytes still available: 0x{:02X}", sw.sw2());
  return fmt::format("Unknown ISO7816 error: 0x{}", sw.text());
}

std::uint8_t instruction_of(const Bytes& apdu) {
  return apdu.size() > 1 ? apdu[1] : std::uint8_t{0};
}

}  // namespace

GpshellError gpshell_status(StatusWord sw, std::uint8_t ins) {
  const auto code = (has_use_case(sw, ins) ? kUseCase : kGeneral) | sw.value();
  return {.code = code, .message = status_message(code, sw)};
}

GpshellError gpshell_error(const Error& error) {
  const auto& facts = error.facts();
  if (facts.native_code) {
    return {.code = *facts.native_code,
            .message = facts.native_text.empty() ? facts.message : facts.native_text};
  }
  const auto row = std::ranges::find(kLibraryRows, facts.code, &LibraryRow::reason);
  if (row != kLibraryRows.end()) {
    return {.code = row->code, .message = row->message.empty() ? facts.message : std::string(row->message)};
  }
  if (facts.exchange && facts.exchange->sw)
    return gpshell_status(*facts.exchange->sw, instruction_of(facts.exchange->apdu));
  return {.code = kValidationFailed, .message = facts.message};
}

std::string gpshell_error_line(std::string_view label, const Error& error) {
  constexpr std::string_view kDetectionLabel = "get_secure_channel_protocol_details() returns";
  const auto& facts = error.facts();
  if (!facts.native_code && !facts.native_text.empty()) return facts.native_text;
  const bool detection = error.code() == "detection-refused" || error.code() == "no-protocol";
  const auto known = gpshell_error(error);
  return fmt::format("{} 0x{:08X} ({})", detection ? kDetectionLabel : label, known.code, known.message);
}

}  // namespace gpsh::interpreter
