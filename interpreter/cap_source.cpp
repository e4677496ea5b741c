// SPDX-License-Identifier: Apache-2.0
#include "interpreter/cap_source.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

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

Bytes content_of(const std::string& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) throw unreadable(path, EISDIR);
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  if (!in) throw unreadable(path, errno == 0 ? EIO : errno);
  Bytes bytes;
  // A limit while reading: the name may stand for a device that never ends.
  for (std::istreambuf_iterator<char> at(in), end; at != end; ++at) {
    bytes.push_back(static_cast<std::uint8_t>(*at));
    if (bytes.size() > gp::CapFile::kMaxFile) throw unreadable(path, EFBIG);
  }
  if (in.bad()) throw unreadable(path, EIO);
  return bytes;
}

}  // namespace

gp::CapFile read_cap_file(const std::optional<FilePath>& path) {
  if (!path) {
    throw Error({.kind = ErrorKind::usage,
                 .code = "no-file-name",
                 .message = "there is no -file with a CAP file to load",
                 .advice = "add -file NAME.cap"});
  }
  return gp::parse_cap_file(content_of(path->text), path->text);
}

}  // namespace gpsh::interpreter
