// SPDX-License-Identifier: Apache-2.0
#include "tests/support/test_data.h"

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace gpsh::test {

std::filesystem::path source_file(const std::string& relative) {
  return std::filesystem::path(GPSH_SOURCE_DIR) / relative;
}

std::optional<std::filesystem::path> outside_file(const std::string& relative) {
  const char* folder = std::getenv("GPSH_TEST_DATA");
  const auto path = std::filesystem::path(folder != nullptr ? folder : GPSH_DEFAULT_TEST_DATA) / relative;
  if (!std::filesystem::exists(path)) return std::nullopt;
  return path;
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path.string());
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace gpsh::test
