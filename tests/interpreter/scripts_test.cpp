// SPDX-License-Identifier: Apache-2.0
// Scripts of examples/ and tests/scripts/ on the virtual card. What a script is expected to do stands in its
// own comments:
//   #card PROFILE     the virtual card (default generic-scp02)
//   #exit CODE        the exit code (default 0)
//   #out TEXT         a line that stdout has, after the one named before
//   #err TEXT         a text that stderr has, after the one named before
// They stand in a folder with the files of script_files.h.
#include <filesystem>
#include <sstream>

#include "tests/interpreter/script_files.h"
#include "tests/interpreter/script_run.h"
#include "tests/interpreter/standing_in.h"

#include "tests/support/test_data.h"
#include "virtualcard/virtual_reader.h"
#include <gtest/gtest.h>

namespace gpsh::test {
namespace {

struct Expectations {
  std::string card = std::string(virtualcard::kDefaultProfile);
  int exit_code = 0;
  std::vector<std::string> out;
  std::vector<std::string> err;
};

Expectations expectations_of(const std::string& text) {
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

void expect_in_order(const std::string& text, const std::vector<std::string>& parts) {
  std::size_t from = 0;
  for (const auto& part : parts) {
    const auto at = text.find(part, from);
    ASSERT_NE(at, std::string::npos) << "missing, or in the wrong place: " << part << "\nin:\n" << text;
    from = at + part.size();
  }
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
  EXPECT_EQ(run.exit_code, expected.exit_code) << run.out << run.err;
  auto lines = expected.out;
  for (auto& line : lines) line += "\n";
  expect_in_order(run.out, lines);
  expect_in_order(run.err, expected.err);
}

INSTANTIATE_TEST_SUITE_P(All, Script, ::testing::ValuesIn(scripts()), [](const auto& one) {
  auto name = one.param.parent_path().filename().string() + "_" + one.param.stem().string();
  std::ranges::replace(name, '-', '_');
  return name;
});

}  // namespace
}  // namespace gpsh::test
