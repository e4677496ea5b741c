// SPDX-License-Identifier: Apache-2.0
#include "tests/support/vector_file.h"

#include <sstream>
#include <stdexcept>

#include "tests/support/test_data.h"

namespace gpsh::test {
namespace {

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

}  // namespace

std::string VectorBlock::text(const std::string& key) const {
  const auto values = all(key);
  if (values.empty()) throw std::runtime_error("vector block " + name + " has no " + key);
  return values.front();
}

bool VectorBlock::has(const std::string& key) const {
  return !all(key).empty();
}

std::vector<std::string> VectorBlock::all(const std::string& key) const {
  std::vector<std::string> values;
  for (const auto& [candidate, value] : entries) {
    if (candidate == key) values.push_back(value);
  }
  return values;
}

std::vector<VectorBlock> read_vectors(const std::string& relative) {
  std::vector<VectorBlock> blocks;
  std::istringstream lines(read_file(source_file(relative)));
  for (std::string raw; std::getline(lines, raw);) {
    const auto line = trimmed(raw);
    if (line.empty() || line.front() == '#') continue;
    if (line.front() == '[' && line.back() == ']') {
      blocks.push_back({.name = line.substr(1, line.size() - 2), .entries = {}});
      continue;
    }
    const auto equals = line.find('=');
    if (blocks.empty() || equals == std::string::npos) {
      throw std::runtime_error(
          std::string("cannot read this line of ").append(relative).append(": ").append(line));
    }
    blocks.back().entries.emplace_back(trimmed(line.substr(0, equals)), trimmed(line.substr(equals + 1)));
  }
  return blocks;
}

}  // namespace gpsh::test
