// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/bytes.h"

namespace gpsh::test {

/// A ZIP archive with these members, compressed; a name that ends with a slash is a folder.
[[nodiscard]] Bytes zip_of(const std::vector<std::pair<std::string, Bytes>>& members);

}  // namespace gpsh::test
