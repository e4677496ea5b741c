// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pcsc/smart_card_api.h"

namespace gpsh::pcsc::codes {

// The values of winscard.h / winerror.h, so that only one source includes the platform's header; that source
// compares them with it.

inline constexpr Code kSuccess = 0;
inline constexpr Code kInternalError = 0x80100001;
inline constexpr Code kCancelled = 0x80100002;
inline constexpr Code kInvalidHandle = 0x80100003;
inline constexpr Code kInvalidParameter = 0x80100004;
inline constexpr Code kNoMemory = 0x80100006;
inline constexpr Code kWaitedTooLong = 0x80100007;
inline constexpr Code kInsufficientBuffer = 0x80100008;
inline constexpr Code kUnknownReader = 0x80100009;
inline constexpr Code kTimeout = 0x8010000A;
inline constexpr Code kSharingViolation = 0x8010000B;
inline constexpr Code kNoSmartcard = 0x8010000C;
inline constexpr Code kProtocolMismatch = 0x8010000F;
inline constexpr Code kNotReady = 0x80100010;
inline constexpr Code kInvalidValue = 0x80100011;
inline constexpr Code kSystemCancelled = 0x80100012;
inline constexpr Code kCommunicationError = 0x80100013;
inline constexpr Code kUnknownError = 0x80100014;
inline constexpr Code kNotTransacted = 0x80100016;
inline constexpr Code kReaderUnavailable = 0x80100017;
inline constexpr Code kReaderUnsupported = 0x8010001A;
inline constexpr Code kCardUnsupported = 0x8010001C;
inline constexpr Code kNoService = 0x8010001D;
inline constexpr Code kServiceStopped = 0x8010001E;
inline constexpr Code kNoAccess = 0x80100027;
inline constexpr Code kNoReadersAvailable = 0x8010002E;
inline constexpr Code kCommunicationDataLost = 0x8010002F;
inline constexpr Code kServerTooBusy = 0x80100031;
inline constexpr Code kUnsupportedCard = 0x80100065;
inline constexpr Code kUnresponsiveCard = 0x80100066;
inline constexpr Code kUnpoweredCard = 0x80100067;
inline constexpr Code kResetCard = 0x80100068;
inline constexpr Code kRemovedCard = 0x80100069;
inline constexpr Code kSecurityViolation = 0x8010006A;
/// Not PC/SC: what Windows reader drivers hand through (winerror.h).
inline constexpr Code kWindowsInvalidParameter = 0x57;
inline constexpr Code kWindowsInvalidBound = 0x6C6;

}  // namespace gpsh::pcsc::codes
