// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/apdu.h"
#include "core/status_word.h"

namespace gpsh::virtualcard {

// ISO/IEC 7816-4, 5.1.3; GPCS 2.3.1 Table 11-10 and the tables of each command.
inline constexpr StatusWord kSuccess{0x9000};
inline constexpr StatusWord kChannelAlreadyClosed{0x6200};
inline constexpr StatusWord kCardLocked{0x6283};
inline constexpr StatusWord kHostCryptogramWrong{0x6300};
inline constexpr StatusWord kMoreDataAvailable{0x6310};
inline constexpr StatusWord kWrongLength{0x6700};
inline constexpr StatusWord kLogicalChannelNotSupported{0x6881};
inline constexpr StatusWord kSecureMessagingNotSupported{0x6882};
inline constexpr StatusWord kSegmentedCommandingNotSupported{0x6884};
inline constexpr StatusWord kSecurityNotSatisfied{0x6982};
inline constexpr StatusWord kAuthenticationBlocked{0x6983};
inline constexpr StatusWord kConditionsNotSatisfied{0x6985};
inline constexpr StatusWord kIncorrectData{0x6A80};
inline constexpr StatusWord kFunctionNotSupported{0x6A81};
inline constexpr StatusWord kApplicationNotFound{0x6A82};
inline constexpr StatusWord kNotEnoughMemory{0x6A84};
inline constexpr StatusWord kIncorrectP1P2{0x6A86};
inline constexpr StatusWord kReferencedDataNotFound{0x6A88};
inline constexpr StatusWord kInvalidInstruction{0x6D00};
inline constexpr StatusWord kInvalidClass{0x6E00};

/// An answer without data.
[[nodiscard]] inline ResponseApdu answer(StatusWord sw) {
  return {.data = {}, .sw = sw};
}
/// Data and 9000.
[[nodiscard]] inline ResponseApdu answer(Bytes data) {
  return {.data = std::move(data), .sw = kSuccess};
}

}  // namespace gpsh::virtualcard
