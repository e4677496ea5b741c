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

Error unreadable(const std::string& path, int number) {
  return Error({.kind = ErrorKind::file,
                .code = "unreadable-file",
                .message = fmt::format("cannot read {}: {}", path, std::strerror(number)),
                .advice = "check the name; it is relative to the folder gpsh runs in",
                .native_code = static_cast<std::uint32_t>(number),
                .native_text = std::strerror(number)});
}

}  // namespace

Bytes read_file(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) throw unreadable(path, EISDIR);
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  if (!in) throw unreadable(path, errno == 0 ? EIO : errno);
  Bytes bytes;
  std::array<char, 65536> buffer{};
  // A limit while reading: the name may stand for a device that never ends.
  while (in.read(buffer.data(), buffer.size()) || in.gcount() > 0) {
    bytes.insert(bytes.end(), buffer.data(), buffer.data() + in.gcount());
    if (bytes.size() > kMaxFileBytes) throw unreadable(path, EFBIG);
  }
  if (in.bad()) throw unreadable(path, EIO);
  return bytes;
}

}  // namespace gpsh::interpreter
