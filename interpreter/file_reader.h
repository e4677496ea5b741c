// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "core/bytes.h"

namespace gpsh::interpreter {

/// The bytes of a file that a script names. Throws Error (file, "unreadable-file").
using FileReader = std::function<Bytes(const std::string& path)>;

/// A larger file is not read.
inline constexpr std::size_t kMaxFileBytes = std::size_t{16} << 20;

/// From disk. The error carries the errno.
[[nodiscard]] Bytes read_file(const std::string& path);

/// Did you mean: the file with the nearest name in the folder of one that is not there.
[[nodiscard]] std::optional<std::string> similar_file(const std::filesystem::path& path);

}  // namespace gpsh::interpreter
