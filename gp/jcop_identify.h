// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/bytes.h"

namespace gpsh::gp {

/// Whether this command APDU is JCOP's IDENTIFY: SELECT of AID A000000167413000FF, answered with data
/// although the status word is 6A82.
[[nodiscard]] bool is_jcop_identify(ByteView command);

/// What a response to IDENTIFY (with its status word) says, in words. The 15th byte tells whether the card
/// was fused, i.e. left the factory state with the transport key; that is not the GlobalPlatform life cycle.
[[nodiscard]] std::string explain_jcop_identify(ByteView response);

}  // namespace gpsh::gp
