// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace gpsh::test {

/// The project's own tree.
[[nodiscard]] std::filesystem::path source_file(const std::string& relative);
/// A file of other projects' data below GPSH_TEST_DATA (default ../shared); nothing when it is absent.
[[nodiscard]] std::optional<std::filesystem::path> outside_file(const std::string& relative);
[[nodiscard]] std::string read_file(const std::filesystem::path& path);

}  // namespace gpsh::test
