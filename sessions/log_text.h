// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

namespace gpsh::sessions {

/// The whole of a log. Throws Error (file, "unreadable-log").
[[nodiscard]] std::string read_log_text(const std::filesystem::path& path);

}  // namespace gpsh::sessions
