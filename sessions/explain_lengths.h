// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/bytes.h"

namespace gpsh::sessions {

/// The bytes behind a length of ISO/IEC 8825-1, where 128 may also be the one byte 80 (GPCS 2.3.1
/// section 11.8.2.3.1). Throws Error (card) where they are not there.
[[nodiscard]] ByteView take_counted(ByteReader& reader);

}  // namespace gpsh::sessions
