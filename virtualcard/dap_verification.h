// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "core/status_word.h"
#include "virtualcard/load_file_blocks.h"
#include "virtualcard/load_process.h"

namespace gpsh::virtualcard {

/// Every DAP block is right, and those that the card demands are there (GPCS 2.3.1 sections 9.2.1, 9.3.5 and
/// C.3). 6985 for a missing one, or one without a hash in INSTALL [for load]; 6982 for a wrong one, or one of
/// a domain that has no such privilege or key.
[[nodiscard]] std::optional<StatusWord> check_daps(const LoadFileBlocks& blocks, const LoadProcess& process,
                                                   const CardState& card);

}  // namespace gpsh::virtualcard
