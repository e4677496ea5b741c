// SPDX-License-Identifier: Apache-2.0
#include "pcsc/pcsc_error.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "pcsc/codes.h"
#include "pcsc/system_api.h"

namespace gpsh::pcsc {
namespace {

std::string shown(Code code) {
  const auto facts = pcsc_error(code, "R").facts();
  return std::string(facts.code) + " | " + facts.message + " | " + facts.advice;
}

const std::string kTryAgain =
    " | take the card out and put it in again; if that does not help, try another reader or USB port";
const std::string kDriver =
    " | some drivers refuse long or extended APDUs: try a smaller -blockSize, another -protocol, or the "
    "system's "
    "own CCID driver";
const std::string kAccess =
    "access-denied | R: the PC/SC service does not let this user in | log in at the machine itself, run as "
    "root, "
    "or add a polkit rule for org.debian.pcsc-lite.access_pcsc and org.debian.pcsc-lite.access_card";

const std::map<Code, std::string> kExpected{
    {0x57, "driver-error | R: the reader's driver refuses the command (Windows error 0x57)" + kDriver},
    {0x6C6, "driver-error | R: the reader's driver refuses the length of the command (Windows error 0x6C6)" +
                kDriver},
    {0x80100001, "service-fault | R: the PC/SC service reports a fault of its own | restart the service"},
    {0x80100002, "cancelled | R: the request was cancelled | "},
    {0x80100003,
     "no-service | R: the PC/SC service no longer knows this program, it was probably restarted | run the "
     "script "
     "again"},
    {0x80100004, "driver-error | R: PC/SC or the reader's driver refuses the request" + kDriver},
    {0x80100006,
     "service-busy | R: the PC/SC service is out of memory or connections | close programs that use cards, "
     "or "
     "restart the service"},
    {0x80100007, "timeout | R: no answer within the time PC/SC allows" + kTryAgain},
    {0x80100008,
     "insufficient-buffer | R: the card's answer does not fit the buffer of the reader's driver | ask for "
     "fewer "
     "bytes at a time, or try another reader or driver"},
    {0x80100009,
     "no-such-reader | R: there is no reader of this name | gpsh readers lists what is connected"},
    {0x8010000A, "timeout | R: no answer within the time PC/SC allows" + kTryAgain},
    {0x8010000B,
     "sharing-violation | R: another program holds the card | close it; with GnuPG it is scdaemon: gpgconf "
     "--kill scdaemon"},
    {0x8010000C,
     "no-card | R: no card in the reader | put a card in; gpsh readers shows in which reader PC/SC sees one"},
    {0x8010000F,
     "protocol-mismatch-pcsc | R: card and reader cannot use the protocol asked for | leave -protocol out; a "
     "card that another program uses keeps the protocol it has"},
    {0x80100010, "not-ready | R: reader or card is not ready for commands" + kTryAgain},
    {0x80100011, "driver-error | R: PC/SC or the reader's driver refuses a value" + kDriver},
    {0x80100012, "cancelled | R: the system cancelled the request | "},
    {0x80100013, "communication-error | R: reader and card lost each other" + kTryAgain},
    {0x80100014, "service-fault | R: the PC/SC service reports a fault it cannot name | restart the service"},
    {0x80100016, "communication-error | R: the reader got no answer from the card" + kTryAgain},
    {0x80100017,
     "reader-unavailable | R: the reader is gone or cannot be used now | plug it in again; gpsh readers "
     "lists "
     "what is connected"},
    {0x8010001A,
     "reader-unsupported | R: the reader's driver does not work with PC/SC | install the driver of its "
     "maker, or "
     "use another reader"},
    {0x8010001C, "card-unsupported | R: PC/SC does not support this card | try another reader"},
    {0x8010001D,
     "no-service | R: the PC/SC service is not running | start it with: systemctl start pcscd.socket (or run "
     "pcscd); Debian's package is pcscd"},
    {0x8010001E,
     "no-service | R: the PC/SC service has stopped | start it with: systemctl start pcscd.socket (or run "
     "pcscd)"},
    {0x80100027, kAccess},
    {0x8010002E,
     "no-reader | R: no card reader is connected | plug one in; a USB reader needs the driver in Debian's "
     "package libccid"},
    {0x8010002F, "communication-error | R: bytes were lost on the way to the card" + kTryAgain},
    {0x80100031,
     "service-busy | R: the PC/SC service is too busy | close programs that use cards, or restart the "
     "service"},
    {0x80100065, "card-unsupported | R: the reader cannot work with this card's ATR | try another reader"},
    {0x80100066,
     "card-mute | R: the card does not answer to a reset | look whether it is the right way round, clean its "
     "contacts, or try another reader"},
    {0x80100067, "card-unpowered | R: the card has no power" + kTryAgain},
    {0x80100068,
     "card-reset | R: another program reset the card: the selected application and the secure channel are "
     "gone | "
     "close the other program and run the script again"},
    {0x80100069, "card-removed | R: the card was removed | put the card in and run the script again"},
    {0x8010006A, kAccess},
};

TEST(PcscError, SaysEveryDeclaredCodeInWords) {
  std::set<Code> declared;
  for (const auto& row : code_meanings()) {
    EXPECT_TRUE(declared.insert(row.code).second) << std::hex << row.code << " is declared twice";
    const auto expected = kExpected.find(row.code);
    ASSERT_NE(expected, kExpected.end()) << std::hex << row.code;
    EXPECT_EQ(shown(row.code), expected->second);
  }
  EXPECT_EQ(declared.size(), kExpected.size());
}

TEST(PcscError, IsAReaderErrorWithTheCode) {
  const auto facts = pcsc_error(codes::kNoService).facts();
  EXPECT_EQ(facts.kind, ErrorKind::reader);
  EXPECT_EQ(facts.message, "the PC/SC service is not running");
  EXPECT_EQ(facts.native_code, 0x8010001DU);
  EXPECT_EQ(facts.native_text, native_text(0x8010001DU));
}

TEST(PcscError, ShowsAnUndeclaredCodeWithTheLibrarysText) {
  const auto facts = pcsc_error(0x8010002A, "Reader A").facts();
  EXPECT_EQ(facts.code, "pcsc");
  EXPECT_EQ(facts.message, "Reader A: PC/SC reports 0x8010002A, " + native_text(0x8010002A));
  EXPECT_FALSE(native_text(0x8010002A).empty());
  EXPECT_EQ(facts.native_code, 0x8010002AU);
}

TEST(PcscError, CanKeepTheReportedCode) {
  const auto facts = pcsc_error_as(codes::kRemovedCard, codes::kNotTransacted, "Reader A").facts();
  EXPECT_EQ(facts.code, "card-removed");
  EXPECT_EQ(facts.native_code, codes::kNotTransacted);
}

TEST(NativeText, IsTheTextGpshellPrints) {
  // The wording of pcsc-lite 1.9.9, for a code whose text has been the same in every version.
  EXPECT_EQ(native_text(codes::kNoService), "Service not available.");
}

}  // namespace
}  // namespace gpsh::pcsc
