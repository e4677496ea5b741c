// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "sessions/explain_field.h"

namespace gpsh::sessions {

/// An APDU as it may be seen.
struct ShownApdu {
  Bytes bytes{};           ///< all of it; where data is hidden, what stands before that
  std::size_t hidden = 0;  ///< data bytes that may not be seen
  Bytes rest{};            ///< what stands behind them

  friend bool operator==(const ShownApdu&, const ShownApdu&) = default;
};

/// The APDUs of one exchange; the plain ones are empty where they are those of the wire.
struct ShownApdus {
  ShownApdu wire_command{};
  ShownApdu wire_response{};
  ShownApdu plain_command{};
  ShownApdu plain_response{};
};

/// With ValueDisplay::lengths the data is hidden; of what is no command APDU everything behind the header.
[[nodiscard]] ShownApdu shown_command(ByteView apdu, ValueDisplay display);
/// With ValueDisplay::lengths the data is hidden, the status word stays.
[[nodiscard]] ShownApdu shown_response(ByteView response, ValueDisplay display);

}  // namespace gpsh::sessions
