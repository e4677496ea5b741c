// SPDX-License-Identifier: Apache-2.0
#include "pcsc/pcsc_error.h"

#include <algorithm>
#include <array>

#include "pcsc/codes.h"
#include "pcsc/system_api.h"

namespace gpsh::pcsc {
namespace {

constexpr std::string_view kTryAgainAdvice =
    "take the card out and put it in again; if that does not help, try another reader or USB port";
constexpr std::string_view kDriverAdvice =
    "some drivers refuse long or extended APDUs: try a smaller -blockSize, another -protocol, or the "
    "system's own CCID driver";
constexpr std::string_view kAccessAdvice =
    "log in at the machine itself, run as root, or add a polkit rule for org.debian.pcsc-lite.access_pcsc "
    "and org.debian.pcsc-lite.access_card";

constexpr std::array kMeanings{
    CodeMeaning{codes::kNoService, "no-service", "the PC/SC service is not running",
                "start it with: systemctl start pcscd.socket (or run pcscd); Debian's package is pcscd"},
    CodeMeaning{codes::kServiceStopped, "no-service", "the PC/SC service has stopped",
                "start it with: systemctl start pcscd.socket (or run pcscd)"},
    CodeMeaning{codes::kInvalidHandle, "no-service",
                "the PC/SC service no longer knows this program, it was probably restarted",
                "run the script again"},
    CodeMeaning{codes::kServerTooBusy, "service-busy", "the PC/SC service is too busy",
                "close programs that use cards, or restart the service"},
    CodeMeaning{codes::kNoMemory, "service-busy", "the PC/SC service is out of memory or connections",
                "close programs that use cards, or restart the service"},
    CodeMeaning{codes::kInternalError, "service-fault", "the PC/SC service reports a fault of its own",
                "restart the service"},
    CodeMeaning{codes::kUnknownError, "service-fault", "the PC/SC service reports a fault it cannot name",
                "restart the service"},
    CodeMeaning{codes::kNoAccess, "access-denied", "the PC/SC service does not let this user in",
                kAccessAdvice},
    CodeMeaning{codes::kSecurityViolation, "access-denied", "the PC/SC service does not let this user in",
                kAccessAdvice},
    CodeMeaning{codes::kNoReadersAvailable, "no-reader", "no card reader is connected",
                "plug one in; a USB reader needs the driver in Debian's package libccid"},
    CodeMeaning{codes::kUnknownReader, "no-such-reader", "there is no reader of this name",
                "gpsh readers lists what is connected"},
    CodeMeaning{codes::kReaderUnavailable, "reader-unavailable", "the reader is gone or cannot be used now",
                "plug it in again; gpsh readers lists what is connected"},
    CodeMeaning{codes::kReaderUnsupported, "reader-unsupported",
                "the reader's driver does not work with PC/SC",
                "install the driver of its maker, or use another reader"},
    CodeMeaning{codes::kNoSmartcard, "no-card", "no card in the reader",
                "put a card in; gpsh readers shows in which reader PC/SC sees one"},
    CodeMeaning{codes::kRemovedCard, "card-removed", "the card was removed",
                "put the card in and run the script again"},
    CodeMeaning{codes::kResetCard, "card-reset",
                "another program reset the card: the selected application and the secure channel are gone",
                "close the other program and run the script again"},
    CodeMeaning{codes::kSharingViolation, "sharing-violation", "another program holds the card",
                "close it; with GnuPG it is scdaemon: gpgconf --kill scdaemon"},
    CodeMeaning{codes::kProtocolMismatch, "protocol-mismatch-pcsc",
                "card and reader cannot use the protocol asked for",
                "leave -protocol out; a card that another program uses keeps the protocol it has"},
    CodeMeaning{codes::kUnresponsiveCard, "card-mute", "the card does not answer to a reset",
                "look whether it is the right way round, clean its contacts, or try another reader"},
    CodeMeaning{codes::kUnpoweredCard, "card-unpowered", "the card has no power", kTryAgainAdvice},
    CodeMeaning{codes::kUnsupportedCard, "card-unsupported", "the reader cannot work with this card's ATR",
                "try another reader"},
    CodeMeaning{codes::kCardUnsupported, "card-unsupported", "PC/SC does not support this card",
                "try another reader"},
    CodeMeaning{codes::kNotReady, "not-ready", "reader or card is not ready for commands", kTryAgainAdvice},
    CodeMeaning{codes::kTimeout, "timeout", "no answer within the time PC/SC allows", kTryAgainAdvice},
    CodeMeaning{codes::kWaitedTooLong, "timeout", "no answer within the time PC/SC allows", kTryAgainAdvice},
    CodeMeaning{codes::kCommunicationError, "communication-error", "reader and card lost each other",
                kTryAgainAdvice},
    CodeMeaning{codes::kCommunicationDataLost, "communication-error",
                "bytes were lost on the way to the card", kTryAgainAdvice},
    CodeMeaning{codes::kNotTransacted, "communication-error", "the reader got no answer from the card",
                kTryAgainAdvice},
    CodeMeaning{codes::kInsufficientBuffer, "insufficient-buffer",
                "the card's answer does not fit the buffer of the reader's driver",
                "ask for fewer bytes at a time, or try another reader or driver"},
    CodeMeaning{codes::kCancelled, "cancelled", "the request was cancelled", ""},
    CodeMeaning{codes::kSystemCancelled, "cancelled", "the system cancelled the request", ""},
    CodeMeaning{codes::kInvalidParameter, "driver-error", "PC/SC or the reader's driver refuses the request",
                kDriverAdvice},
    CodeMeaning{codes::kInvalidValue, "driver-error", "PC/SC or the reader's driver refuses a value",
                kDriverAdvice},
    CodeMeaning{codes::kWindowsInvalidParameter, "driver-error",
                "the reader's driver refuses the command (Windows error 0x57)", kDriverAdvice},
    CodeMeaning{codes::kWindowsInvalidBound, "driver-error",
                "the reader's driver refuses the length of the command (Windows error 0x6C6)", kDriverAdvice},
};

std::string hex_code(Code code) {
  return "0x" + to_hex(Bytes{static_cast<std::uint8_t>(code >> 24), static_cast<std::uint8_t>(code >> 16),
                             static_cast<std::uint8_t>(code >> 8), static_cast<std::uint8_t>(code)});
}

std::string with_reader(std::string_view reader, const std::string& text) {
  return reader.empty() ? text : std::string(reader) + ": " + text;
}

}  // namespace

std::span<const CodeMeaning> code_meanings() {
  return kMeanings;
}

Error pcsc_error_as(Code meaning, Code reported, std::string_view reader) {
  const auto row = std::find_if(kMeanings.begin(), kMeanings.end(),
                                [&](const auto& known) { return known.code == meaning; });
  if (row == kMeanings.end()) {
    return Error(
        {.kind = ErrorKind::reader,
         .code = "pcsc",
         .message = with_reader(reader, "PC/SC reports " + hex_code(reported) + ", " + native_text(reported)),
         .native_code = reported,
         .native_text = native_text(reported)});
  }
  return Error({.kind = ErrorKind::reader,
                .code = row->slug,
                .message = with_reader(reader, std::string(row->message)),
                .advice = std::string(row->advice),
                .native_code = reported,
                .native_text = native_text(reported)});
}

Error pcsc_error(Code code, std::string_view reader) {
  return pcsc_error_as(code, code, reader);
}

}  // namespace gpsh::pcsc
