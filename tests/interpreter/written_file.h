// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include "core/bytes.h"
#include "tests/support/temporary_folder.h"

namespace gpsh::test {

/// A file in a folder of its own, both gone with the object.
class WrittenFile {
 public:
  WrittenFile(const std::string& name, ByteView content) : path_(folder_.path / name) {
    std::ofstream out(path_, std::ios::binary);
    for (const auto byte : content) out.put(static_cast<char>(byte));
  }

  [[nodiscard]] std::string path() const { return path_.string(); }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path; }

 private:
  TemporaryFolder folder_;
  std::filesystem::path path_;
};

}  // namespace gpsh::test
