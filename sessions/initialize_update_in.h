// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "core/bytes.h"
#include "gp/initialize_update.h"

namespace gpsh::sessions {

/// The host challenge, if this is an INITIALIZE UPDATE with one of 8 or 16 bytes.
[[nodiscard]] std::optional<Bytes> host_challenge_in(ByteView command);
/// The answer to INITIALIZE UPDATE with its 9000, or its data alone as some tools show it; nothing for any
/// other response.
[[nodiscard]] std::optional<gp::InitializeUpdateResponse> answer_in(ByteView response);

}  // namespace gpsh::sessions
