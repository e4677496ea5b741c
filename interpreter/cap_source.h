// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "gp/cap_file.h"
#include "interpreter/values.h"

namespace gpsh::interpreter {

/// The CAP file or raw load file that -file names. Throws Error (usage, "no-file-name") without a name; Error
/// (file): "unreadable-file" with the errno, and what gp::parse_cap_file throws.
[[nodiscard]] gp::CapFile read_cap_file(const std::optional<FilePath>& path);

}  // namespace gpsh::interpreter
