// SPDX-License-Identifier: Apache-2.0
// Scripts that GPShell ran: the check finds no error in them but where GPShell itself stops.
#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>

#include "tests/interpreter/checked.h"
#include "tests/support/test_data.h"

namespace gpsh::test {
namespace {

/// The script lines that a log echoes: all but what GPShell prints.
std::string script_of(const std::string& log) {
  std::istringstream in(log);
  std::string script;
  for (std::string line; std::getline(in, line);) {
    if (interpreter::find_command(line.substr(0, line.find_first_of(" \t\r,"))) != nullptr)
      script += line + "\n";
  }
  return script;
}

std::string errors_of(const std::string& script, const interpreter::FileReader& files) {
  std::string all;
  const auto checked = interpreter::check_files(bound(script), files);
  for (const auto& diagnostic : checked.diagnostics) {
    if (diagnostic.severity == Severity::error)
      all += render_text(diagnostic, checked.source, interpreter::Colour::off);
  }
  return all;
}

TEST(CheckGolden, NoScriptThatGpshellRunsHasAnError) {
  const auto folder = outside_file("golden");
  if (!folder) GTEST_SKIP() << "golden is not below GPSH_TEST_DATA";
  const interpreter::FileReader files = [&](const std::string& path) {
    return interpreter::read_file((*folder / std::filesystem::path(path).filename()).string());
  };
  int scripts = 0;
  for (const auto& entry : std::filesystem::directory_iterator(*folder)) {
    const auto extension = entry.path().extension();
    if (extension != ".txt" && extension != ".out") continue;
    const auto text = read_file(entry.path());
    EXPECT_EQ(errors_of(extension == ".out" ? script_of(text) : text, files), "") << entry.path();
    ++scripts;
  }
  EXPECT_GE(scripts, 60);
}

TEST(CheckGolden, ScriptsOfRecordedLogsHaveNoErrors) {
  const auto folder = outside_file("recordings");
  if (!folder) GTEST_SKIP() << "recordings is not below GPSH_TEST_DATA";
  const auto files = files_of({});
  int scripts = 0;
  for (const auto& entry : std::filesystem::directory_iterator(*folder)) {
    if (!entry.path().filename().string().starts_with("seed-0")) continue;
    const auto script = script_of(read_file(entry.path()));
    if (script.empty()) continue;
    EXPECT_EQ(errors_of(script, files), "") << entry.path();
    ++scripts;
  }
  EXPECT_GE(scripts, 3);
}

}  // namespace
}  // namespace gpsh::test
