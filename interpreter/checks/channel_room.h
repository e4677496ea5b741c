// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "gp/security_level.h"

namespace gpsh::interpreter::checks {

/// Data bytes that fit into a short command at this level, whatever the protocol. SCP03 with MACs of 16 bytes
/// carries less, which only its card can tell.
[[nodiscard]] std::size_t most_data(gp::SecurityLevel level);

}  // namespace gpsh::interpreter::checks
