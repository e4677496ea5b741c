// SPDX-License-Identifier: Apache-2.0
#include "interpreter/file_reader.h"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "core/error.h"

namespace gpsh::interpreter {
namespace {

[[noreturn]] void unreadable(const std::string& path, const std::string& why) {
  throw Error({.kind = ErrorKind::file,
               .code = "missing-file",
               .message = fmt::format("cannot read {}: {}", path, why),
               .advice = "check the name; it is relative to the folder in which gpsh runs"});
}

}  // namespace

Bytes read_file(const std::string& path) {
  constexpr std::size_t kMost = (std::size_t{16} << 20) + 1;
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) unreadable(path, "it is a folder");
  std::ifstream in(path, std::ios::binary);
  if (!in) unreadable(path, std::strerror(errno));
  Bytes bytes;
  std::array<char, 65536> buffer{};
  while (bytes.size() < kMost && (in.read(buffer.data(), buffer.size()) || in.gcount() > 0)) {
    const auto count = std::min(static_cast<std::size_t>(in.gcount()), kMost - bytes.size());
    bytes.insert(bytes.end(), buffer.data(), buffer.data() + count);
  }
  return bytes;
}

}  // namespace gpsh::interpreter
