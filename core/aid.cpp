// SPDX-License-Identifier: Apache-2.0
#include "core/aid.h"

namespace gpsh {

std::optional<Aid> Aid::from_bytes(ByteView bytes) {
  if (bytes.size() < kMinBytes || bytes.size() > kMaxBytes) return std::nullopt;
  return Aid(bytes);
}

}  // namespace gpsh
