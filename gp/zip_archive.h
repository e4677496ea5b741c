// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.h"

struct zip;

namespace gpsh::gp {

/// A ZIP archive in memory, read only. Does not own the bytes. All functions throw Error (file, "cap-unzip"),
/// which names the archive.
class ZipArchive {
 public:
  ZipArchive(ByteView bytes, std::string_view name);
  ZipArchive(ZipArchive&&) noexcept;
  ZipArchive& operator=(ZipArchive&&) noexcept;
  ~ZipArchive();

  /// Path names as they stand in the archive, in its order; those of folders end with a slash.
  [[nodiscard]] std::vector<std::string> member_names() const;
  /// A member unpacked, its checksum verified. More than `most` bytes are an Error, whatever the archive says
  /// of its size.
  [[nodiscard]] Bytes read(std::size_t member, std::size_t most) const;

 private:
  struct Close {
    void operator()(zip* archive) const;
  };
  std::string name_;
  std::unique_ptr<zip, Close> archive_;
};

}  // namespace gpsh::gp
