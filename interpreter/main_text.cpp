// SPDX-License-Identifier: Apache-2.0
#include "interpreter/main_text.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace gpsh::interpreter {
namespace {

constexpr std::size_t kFirst = 65536;

TextReading read_all(int file, std::size_t most) {
  TextReading reading;
  auto& text = reading.text;
  std::size_t have = 0;
  while (have <= most) {
    if (have == text.size()) text.resize(std::min(std::max(kFirst, 2 * have), most + 1));
    const auto count = read(file, text.data() + have, text.size() - have);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) reading.problem = errno;
    if (count <= 0) break;
    have += static_cast<std::size_t>(count);
  }
  text.resize(have);
  return reading;
}

}  // namespace

TextReading read_text(const std::string& path, std::size_t most) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return {.text = {}, .problem = errno};
  auto reading = read_all(file, most);
  close(file);
  return reading;
}

TextReading read_stdin(std::size_t most) {
  return read_all(STDIN_FILENO, most);
}

}  // namespace gpsh::interpreter
