// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/bytes.h"

namespace gpsh::gp {

/// 32 bytes.
[[nodiscard]] Bytes sha256(ByteView data);

}  // namespace gpsh::gp
