// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace gpsh::sessions {

/// What is read of a log or recording that must be in memory as a whole.
inline constexpr std::size_t kMaxLogText = std::size_t{64} << 20;

/// The whole of a log or recording. Throws Error (file, "unreadable-log"), also for more than kMaxLogText
/// bytes.
[[nodiscard]] std::string read_log_text(const std::filesystem::path& path);

/// Throws the Error of a log of more than kMaxLogText bytes.
[[noreturn]] void log_too_long(std::string_view file);

}  // namespace gpsh::sessions
