// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "core/bytes.h"

namespace gpsh::gp {

/// The AIDs of a list of applications (GET DATA 2F00; GPCS 2.3.1 Table 11-30), in the card's order;
/// applications without an AID are left out. Throws Error (card, "bad-response") for data that cannot be
/// read.
[[nodiscard]] std::vector<Bytes> parse_application_list(ByteView data);

}  // namespace gpsh::gp
