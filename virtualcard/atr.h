// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "core/bytes.h"
#include "core/connection.h"

namespace gpsh::virtualcard {

/// What is wrong with an answer to reset: its length or its check byte TCK, which a card has that offers more
/// than T=0 (ISO/IEC 7816-3, 8.2). Begins with a verb; nothing when all is well.
[[nodiscard]] std::optional<std::string> complaint_about_atr(ByteView atr);

/// The protocol of the first TD byte; T=0 without one (ISO/IEC 7816-3, 8.2.3).
[[nodiscard]] TransmissionProtocol first_protocol(ByteView atr);

}  // namespace gpsh::virtualcard
