// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "tests/interpreter/script_run.h"

#include "virtualcard/virtual_reader.h"
#include <gtest/gtest.h>

namespace gpsh::test {

/// What a script is expected to do stands in its own comments:
///   #card PROFILE     the virtual card (default generic-scp02)
///   #exit CODE        the exit code (default 0)
///   #out TEXT         a line that stdout has, after the one named before
///   #err TEXT         a text that stderr has, after the one named before
struct Expectations {
  std::string card = std::string(virtualcard::kDefaultProfile);
  int exit_code = 0;
  std::vector<std::string> out;
  std::vector<std::string> err;
};

inline Expectations expectations_of(const std::string& text) {
  Expectations expected;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("#card ")) expected.card = line.substr(6);
    if (line.starts_with("#exit ")) expected.exit_code = std::stoi(line.substr(6));
    if (line.starts_with("#out ")) expected.out.push_back(line.substr(5));
    if (line.starts_with("#err ")) expected.err.push_back(line.substr(5));
  }
  return expected;
}

inline void expect_in_order(const std::string& text, const std::vector<std::string>& parts) {
  std::size_t from = 0;
  for (const auto& part : parts) {
    const auto at = text.find(part, from);
    ASSERT_NE(at, std::string::npos) << "missing, or in the wrong place: " << part << "\nin:\n" << text;
    from = at + part.size();
  }
}

inline void expect_as_written(const ScriptRun& run, const Expectations& expected) {
  EXPECT_EQ(run.exit_code, expected.exit_code) << run.out << run.err;
  auto lines = expected.out;
  for (auto& line : lines) line += "\n";
  expect_in_order(run.out, lines);
  expect_in_order(run.err, expected.err);
}

}  // namespace gpsh::test
