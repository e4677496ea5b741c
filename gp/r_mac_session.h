// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/apdu.h"

namespace gpsh::gp {

/// P1 of BEGIN R-MAC SESSION (GPCS 2.3.1 Table E-14; AmdD 1.2 Table 7-9).
enum class ResponseProtection : std::uint8_t {
  at_end = 0x00,                ///< SCP02: only END R-MAC SESSION is answered with an R-MAC
  r_mac = 0x10,                 ///< every response carries one
  r_mac_and_encryption = 0x30,  ///< SCP03 alone
};

/// P2 of END R-MAC SESSION (GPCS 2.3.1 Table E-19).
enum class SessionEnd : std::uint8_t {
  go_on = 0x01,  ///< SCP02: gives the R-MAC so far and goes on
  end = 0x03,
};

inline constexpr std::uint8_t kBeginRMacSession = 0x7A;
inline constexpr std::uint8_t kEndRMacSession = 0x78;
inline constexpr std::size_t kMaxRMacSessionData = 24;

/// The plain BEGIN R-MAC SESSION (GPCS 2.3.1 section E.5.3; AmdD 1.2 section 7.1.3). `data` is for the R-MAC
/// alone, the card does not interpret it. Throws Error (usage, "r-mac-data") past 24 bytes.
/// An open channel wraps it like any command and follows it when the card answers 9000.
[[nodiscard]] CommandApdu begin_r_mac_session(ByteView data,
                                              ResponseProtection protection = ResponseProtection::r_mac);
/// The plain END R-MAC SESSION (GPCS 2.3.1 section E.5.4; AmdD 1.2 section 7.1.4).
[[nodiscard]] CommandApdu end_r_mac_session(SessionEnd end = SessionEnd::end);

}  // namespace gpsh::gp
