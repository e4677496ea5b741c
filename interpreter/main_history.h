// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace gpsh::interpreter {

/// The lines typed in earlier sessions: one a line, in a file that only its owner can read. Where it cannot
/// be read or written there is no history; nothing fails because of that.
class HistoryFile {
 public:
  /// With an empty path nothing is kept.
  explicit HistoryFile(std::filesystem::path path);

  /// Oldest first, the last thousand.
  [[nodiscard]] std::vector<std::string> lines() const;
  void append(const std::string& line) const;

 private:
  std::filesystem::path path_;
};

}  // namespace gpsh::interpreter
