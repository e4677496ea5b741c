// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "gp/card_session.h"

namespace gpsh::gp {

/// The key versions a security domain names in its key information template (GET DATA 00E0; GPCS 2.3.1
/// section 11.3.3.1), each once, in the card's order. Empty where the card refuses it or it cannot be read.
/// Sends one GET DATA outside any channel; throws only Errors of the connection.
[[nodiscard]] std::vector<std::uint8_t> read_key_versions(CardSession& session);

/// The same from the data; empty for what cannot be read.
[[nodiscard]] std::vector<std::uint8_t> key_versions(ByteView key_information);

}  // namespace gpsh::gp
