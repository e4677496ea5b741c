// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/bytes.h"

namespace gpsh::test {

/// One block of a .vec file: `[name]`, then lines `key = value`. A key may come more than once; `#` starts a
/// comment line.
struct VectorBlock {
  std::string name;
  std::vector<std::pair<std::string, std::string>> entries;

  /// The first value of `key`; throws std::runtime_error when there is none.
  [[nodiscard]] std::string text(const std::string& key) const;
  [[nodiscard]] Bytes bytes(const std::string& key) const { return hex(text(key)); }
  [[nodiscard]] bool has(const std::string& key) const;
  [[nodiscard]] std::vector<std::string> all(const std::string& key) const;
};

/// The blocks of a file below the project's own tree. Throws std::runtime_error for a line it cannot read.
[[nodiscard]] std::vector<VectorBlock> read_vectors(const std::string& relative);

}  // namespace gpsh::test
