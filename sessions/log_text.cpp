// SPDX-License-Identifier: Apache-2.0
#include "sessions/log_text.h"

#include <iterator>

#include "sessions/import_log.h"

namespace gpsh::sessions {

std::string read_log_text(const std::filesystem::path& path) {
  auto in = open_log(path);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace gpsh::sessions
