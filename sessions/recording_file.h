// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <string_view>

namespace gpsh::sessions {

/// A file that only grows. What append() took is with the operating system when it returns, and stays when
/// this process is killed. Owns its descriptor.
class RecordingFile {
 public:
  /// Makes the file, for its owner alone (0600). Throws Error (file): "recording-exists" when there is one,
  /// "recording-failed" when it cannot be made. What is no ordinary file, as a pipe, is opened as it is.
  explicit RecordingFile(const std::filesystem::path& path);
  ~RecordingFile();
  RecordingFile(const RecordingFile&) = delete;
  RecordingFile& operator=(const RecordingFile&) = delete;

  /// Throws Error (file, "recording-failed"), as when the disk is full.
  void append(std::string_view text);
  /// Takes the disk space for the next `bytes`, so that they can be written later whatever happens to the
  /// disk; where the file system cannot do this, nothing. Throws Error (file, "recording-failed") when the
  /// disk is full.
  void reserve(std::size_t bytes);

 private:
  [[noreturn]] void failed(int code) const;

  std::filesystem::path path_;
  int descriptor_ = -1;
  std::size_t written_ = 0;
  std::size_t reserved_ = 0;  ///< of the file, from its start
};

}  // namespace gpsh::sessions
