// SPDX-License-Identifier: Apache-2.0
#include "sessions/log_text.h"

#include <array>
#include <fstream>

#include "core/error.h"

namespace gpsh::sessions {

std::string read_log_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string text;
  std::array<char, 65536> block{};
  do {
    in.read(block.data(), block.size());
    text.append(block.data(), static_cast<std::size_t>(in.gcount()));
  } while (in);
  if (in.eof() && !in.bad()) return text;
  throw Error({.kind = ErrorKind::file,
               .code = "unreadable-log",
               .message = "cannot read the log " + path.string(),
               .advice = "check the path and its permissions"});
}

}  // namespace gpsh::sessions
