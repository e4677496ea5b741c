// SPDX-License-Identifier: Apache-2.0
#include "interpreter/file_reader.h"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <vector>

#include "core/error.h"
#include "core/suggest.h"

namespace gpsh::interpreter {
namespace {

constexpr std::size_t kMostNames = 1000;

std::string advice_for(const std::string& path, int number) {
  const auto near = number == ENOENT ? similar_file(path) : std::nullopt;
  if (near) return fmt::format("did you mean {}?", *near);
  return "check the name; it is relative to the folder gpsh runs in";
}

Error unreadable(const std::string& path, int number) {
  return Error({.kind = ErrorKind::file,
                .code = "unreadable-file",
                .message = fmt::format("cannot read {}: {}", path, std::strerror(number)),
                .advice = advice_for(path, number),
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

std::optional<std::string> similar_file(const std::filesystem::path& path) {
  const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  std::error_code error;
  std::vector<std::string> names;
  for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    if (names.size() == kMostNames) return std::nullopt;
    if (std::error_code ignored; entry->is_directory(ignored)) continue;
    names.push_back(entry->path().filename().string());
  }
  const auto near = suggest(path.filename().string(), {names.begin(), names.end()});
  if (!near) return std::nullopt;
  return (path.parent_path() / *near).string();
}

}  // namespace gpsh::interpreter
