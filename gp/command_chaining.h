// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "core/apdu.h"

namespace gpsh::gp {

/// Where the MAC of a command stands that is cut into several; at a level without C-MAC both are the same,
/// and only the last piece is answered with an R-MAC (GPCS 2.3.1 section 11.1.5.1).
enum class ChainMac {
  whole,  ///< one over the whole command, then it is cut (GPCS 2.3.1 section 11.1.5.1)
  each,   ///< one over each piece, as older cards want it
};

/// The pieces of a command, each with at most `most` bytes of data: bit 80 of P1 says that more follow, Le
/// stands on the last (GPCS 2.3.1 section 11.1.5.1). At least one piece. `most` is not 0.
[[nodiscard]] std::vector<CommandApdu> cut(const CommandApdu& command, std::size_t most);

}  // namespace gpsh::gp
