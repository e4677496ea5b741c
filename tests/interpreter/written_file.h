// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "core/bytes.h"

namespace gpsh::test {

/// A file in a folder of its own, both gone with the object.
class WrittenFile {
 public:
  WrittenFile(const std::string& name, ByteView content) {
    auto pattern = (std::filesystem::temp_directory_path() / "gpsh-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    std::ofstream out(folder_ / name, std::ios::binary);
    for (const auto byte : content) out.put(static_cast<char>(byte));
    path_ = folder_ / name;
  }
  ~WrittenFile() { std::filesystem::remove_all(folder_); }
  WrittenFile(const WrittenFile&) = delete;
  WrittenFile& operator=(const WrittenFile&) = delete;

  [[nodiscard]] std::string path() const { return path_.string(); }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
  std::filesystem::path path_;
};

}  // namespace gpsh::test
