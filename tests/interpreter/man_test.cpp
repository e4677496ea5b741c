// SPDX-License-Identifier: Apache-2.0
// The manual pages in docs/man, and what they show.
#include <gtest/gtest.h>

#include <sstream>

#include "interpreter/command_table.h"
#include "tests/support/program.h"
#include "tests/support/test_data.h"

namespace gpsh::test {
namespace {

/// A line of the page as a reader sees it.
std::string shown(std::string line) {
  for (auto at = line.find('\\'); at != std::string::npos; at = line.find('\\', at)) line.erase(at, 1);
  return line;
}

/// The lines of all examples of a page.
std::vector<std::string> shown_lines(const std::string& page) {
  std::istringstream in(read_file(source_file("docs/man/" + page)));
  std::vector<std::string> lines;
  bool example = false;
  for (std::string line; std::getline(in, line);) {
    if (line == ".nf" || line == ".fi") {
      example = line == ".nf";
    } else if (example && !line.starts_with('.')) {
      lines.push_back(shown(line));
    }
  }
  return lines;
}

TEST(ManualPages, AreFresh) {
  const WorkingFolder folder;
  for (const std::string file : {"gpsh.1", "gpsh-script.5"}) {
    const auto name = file.substr(0, file.find('.'));
    const bool fresh = read_file(source_file("docs/man/" + file)) == folder.run({"help", "--man", name}).out;
    EXPECT_TRUE(fresh) << "docs/man/" << file << " is not what the program says; make it anew: ./dev docs";
  }
}

TEST(ManualPages, EveryExampleOfTheProgramRuns) {
  const WorkingFolder folder;
  folder.write("listgp211.txt", read_file(source_file("examples/listgp211.txt")));
  folder.write("session.log", "> 80CA006600\n< 6A88\n");
  const auto lines = shown_lines("gpsh.1");
  EXPECT_EQ(lines.size(), 7U);
  for (const auto& line : lines) {
    std::istringstream words(line);
    std::vector<std::string> arguments;
    for (std::string word; words >> word;) arguments.push_back(word);
    ASSERT_EQ(arguments.front(), "gpsh");
    arguments.erase(arguments.begin());
    const auto run = folder.run(arguments);
    EXPECT_EQ(run.exit_code, 0) << line << "\n" << run.err;
  }
}

TEST(ManualPages, ExampleScriptRuns) {
  const WorkingFolder folder;
  std::string script;
  for (const auto& line : shown_lines("gpsh-script.5")) script += line + "\n";
  folder.write("list.txt", script.substr(script.rfind("mode_211\n")));
  const auto run = folder.run({"--card", "virtual:jcop-j2a040", "list.txt"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_NE(run.out.find("d0d1d2d3d4d50101"), std::string::npos) << run.out;
}

TEST(ManualPages, TellEveryCommandAndOption) {
  const auto page = shown(read_file(source_file("docs/man/gpsh-script.5")));
  for (const auto& command : interpreter::command_table()) {
    const auto section = page.find(".SS " + std::string(command.name) + "\n");
    ASSERT_NE(section, std::string::npos) << command.name;
    for (const auto& option : command.options) {
      const auto at = page.find("fB" + std::string(option.name) + "fR", section);
      EXPECT_LT(at, page.find(".SS ", section + 1)) << command.name << " " << option.name;
    }
  }
}

TEST(ManualPages, OthersAreRefused) {
  const WorkingFolder folder;
  const auto run = folder.run({"help", "--man", "gpshell"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.err,
            "gpsh: error[gpsh.usage]: --man: gpshell not in {gpsh,gpsh-script}\n"
            "  advice: see gpsh help --help\n");
}

}  // namespace
}  // namespace gpsh::test
