// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "core/bytes.h"

namespace gpsh::interpreter {

/// The bytes of a file that a script names. Throws Error (file, "missing-file") when it cannot be read.
using FileReader = std::function<Bytes(const std::string& path)>;

/// Reads from disk, at most 16 MiB and one byte: enough to see that a file is too large.
[[nodiscard]] Bytes read_file(const std::string& path);

}  // namespace gpsh::interpreter
