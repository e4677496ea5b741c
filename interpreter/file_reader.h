// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "core/bytes.h"

namespace gpsh::interpreter {

/// The bytes of a file that a script names. Throws Error (file, "unreadable-file").
using FileReader = std::function<Bytes(const std::string& path)>;

/// A larger file is not read.
inline constexpr std::size_t kMaxFileBytes = std::size_t{16} << 20;

/// From disk. The error carries the errno.
[[nodiscard]] Bytes read_file(const std::string& path);

}  // namespace gpsh::interpreter
