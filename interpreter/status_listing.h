// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "gp/registry.h"

namespace gpsh::interpreter {

/// The table get_status prints, line for line as GPShell does, with its quirks Q14, Q15 and Q16 mended: no
/// privileges where the card sent none, the state of each entry its own (hex where it has no name), a load
/// file once.
[[nodiscard]] std::vector<std::string> status_listing(const std::vector<gp::RegistryEntry>& entries,
                                                      std::uint8_t element, gp::CardMode mode);

}  // namespace gpsh::interpreter
