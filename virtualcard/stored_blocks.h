// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "core/bytes.h"

namespace gpsh::virtualcard {

/// The blocks of STORE DATA that have come (GPCS 2.3.1 section 11.11.2.2).
struct StoredBlocks {
  std::uint8_t next = 0;    ///< number of the block that is due
  std::uint8_t format = 0;  ///< bits 18 of P1, of all blocks
  Bytes data{};
};

}  // namespace gpsh::virtualcard
