// SPDX-License-Identifier: Apache-2.0
// gpsh verify over other programs' logs, compared with what an independent implementation found.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/program.h"
#include "tests/support/test_data.h"

namespace gpsh::test {
namespace {

using nlohmann::json;

TEST(VerifyRecordings, GiveWhatAnIndependentImplementationFound) {
  const auto expected = outside_file("recordings/expected.json");
  if (!expected) GTEST_SKIP() << "recordings are not there; set GPSH_TEST_DATA to the folder that has them";
  std::vector<std::string> arguments = {"verify", "--format", "json"};
  for (const auto& entry : std::filesystem::directory_iterator(expected->parent_path())) {
    if (entry.path().extension() == ".log") arguments.push_back(std::filesystem::absolute(entry.path()));
  }
  std::ranges::sort(arguments.begin() + 3, arguments.end());
  const WorkingFolder folder;
  const auto run = folder.run(arguments);
  EXPECT_EQ(run.exit_code, 0) << run.err;
  const auto found = json::parse(run.out);
  const auto wanted = json::parse(read_file(*expected));
  EXPECT_EQ(found.size(), wanted.size());
  for (const auto& [file, channels] : wanted.items()) EXPECT_EQ(found.value(file, json()), channels) << file;
}

}  // namespace
}  // namespace gpsh::test
