// SPDX-License-Identifier: Apache-2.0
#include "sessions/log_text.h"

#include <array>

#include "core/error.h"
#include "sessions/import_log.h"

namespace gpsh::sessions {

std::string read_log_text(const std::filesystem::path& path) {
  auto in = open_log(path);
  std::string text;
  std::array<char, 65536> part{};
  while (in) {
    in.read(part.data(), part.size());
    text.append(part.data(), static_cast<std::size_t>(in.gcount()));
    if (text.size() > kMaxLogText) log_too_long(path.filename().string());
  }
  return text;
}

void log_too_long(std::string_view file) {
  throw Error({.kind = ErrorKind::file,
               .code = "unreadable-log",
               .message = std::string(file) + " has more than 64 MiB",
               .advice = "gpsh verify, explain and import read logs of any size"});
}

}  // namespace gpsh::sessions
