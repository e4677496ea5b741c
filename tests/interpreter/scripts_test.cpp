// SPDX-License-Identifier: Apache-2.0
// Scripts of examples/ and tests/scripts/ on the virtual card, in a folder with the files of script_files.h;
// what is expected of them stands in their comments.
#include <filesystem>
#include <set>
#include <sstream>

#include "interpreter/command_table.h"
#include "tests/interpreter/script_expectations.h"
#include "tests/interpreter/script_files.h"
#include "tests/interpreter/standing_in.h"

#include "tests/support/test_data.h"
#include "virtualcard/virtual_reader.h"
#include <gtest/gtest.h>

namespace gpsh::test {
namespace {

std::vector<std::filesystem::path> scripts() {
  std::vector<std::filesystem::path> found;
  for (const auto* folder : {"examples", "tests/scripts"}) {
    for (const auto& entry : std::filesystem::directory_iterator(source_file(folder))) {
      if (entry.path().extension() == ".txt") found.push_back(entry.path());
    }
  }
  std::ranges::sort(found);
  return found;
}

class Script : public ::testing::TestWithParam<std::filesystem::path> {};

TEST_P(Script, DoesWhatItsCommentsSay) {
  const auto text = read_file(GetParam());
  const auto expected = expectations_of(text);
  virtualcard::SystemRandom challenges;
  virtualcard::VirtualReader access(virtualcard::load_profile(expected.card), challenges);
  const WorkingFolder folder;
  write_script_files(folder);
  const StandingIn standing(folder.path("."));
  const auto run = run_text(text, access);
  expect_as_written(run, expected);
}

TEST(ScriptFiles, ThereIsOneForEveryCommand) {
  std::set<std::string> used;
  for (const auto& path : scripts()) {
    std::istringstream in(read_file(path));
    for (std::string line; std::getline(in, line);) used.insert(line.substr(0, line.find(' ')));
  }
  for (const auto name : interpreter::command_names()) EXPECT_TRUE(used.contains(std::string(name))) << name;
}

INSTANTIATE_TEST_SUITE_P(All, Script, ::testing::ValuesIn(scripts()), [](const auto& one) {
  auto name = one.param.parent_path().filename().string() + "_" + one.param.stem().string();
  std::ranges::replace(name, '-', '_');
  return name;
});

}  // namespace
}  // namespace gpsh::test
