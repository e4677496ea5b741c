// SPDX-License-Identifier: Apache-2.0
// Every command line that README.md and docs/ show and that needs no reader is run.
#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>

#include "tests/support/program.h"
#include "tests/support/test_data.h"

namespace gpsh::test {
namespace {

struct Example {
  std::string file;
  std::vector<std::string> words;
};

/// The words of an indented line, up to a comment.
std::vector<std::string> words_of(const std::string& line) {
  std::istringstream in(line.substr(0, line.find(" #")));
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

bool needs_no_reader(const std::vector<std::string>& words) {
  if (std::find(words.begin(), words.end(), "-i") != words.end()) return false;  // that needs a terminal
  const auto has = [&](std::string_view start) {
    return std::any_of(words.begin(), words.end(), [&](const auto& word) { return word.starts_with(start); });
  };
  return has("virtual") || has("GPSH_CARD=virtual") || has("help") || has("--help") || has("check") ||
         has("profiles") || has("show") || has("replay") || has("explain") || words.front() == "mkdir" ||
         words.front() == "cp";
}

std::vector<Example> examples() {
  std::vector<std::filesystem::path> pages{source_file("README.md")};
  for (const auto& entry : std::filesystem::directory_iterator(source_file("docs")))
    pages.push_back(entry.path());
  std::vector<Example> found;
  for (const auto& page : pages) {
    std::istringstream in(read_file(page));
    for (std::string line; std::getline(in, line);) {
      const bool shown = line.starts_with("    gpsh ") || line.starts_with("    GPSH_CARD=") ||
                         line.starts_with("    mkdir ") || line.starts_with("    cp ");
      const auto words = words_of(line);
      if (shown && words.back() != "&" && needs_no_reader(words))
        found.push_back({page.filename().string(), words});
    }
  }
  return found;
}

TEST(Docs, EveryShownCommandLineWorks) {
  const WorkingFolder folder;
  for (const auto* name : {"listgp211.txt", "jcop-identify.txt", "card-data.txt"}) {
    folder.write(name, read_file(source_file(std::string("examples/") + name)));
  }
  const std::string log = "> 80CA006600\n< 6A88\n";
  folder.write("session.log", log);
  folder.write("mine.json", folder.run({"card", "show", "jcop-j2a040"}).out);
  const auto all = examples();
  EXPECT_GE(all.size(), 8U);
  for (const auto& example : all) {
    std::vector<std::string> environment;
    auto arguments = example.words;
    if (arguments.front() == "mkdir") {
      std::filesystem::create_directory(folder.path(arguments.back()));
      continue;
    }
    if (arguments.front() == "cp") {
      std::filesystem::copy(folder.path(arguments[1]), folder.path(arguments.back()));
      continue;
    }
    if (arguments.front() != "gpsh") {
      environment.push_back(arguments.front());
      arguments.erase(arguments.begin());
    }
    arguments.erase(arguments.begin());
    const auto run = folder.run(arguments, example.words.back() == "-" ? log : "", environment);
    EXPECT_EQ(run.exit_code, 0) << example.file << ": " << ::testing::PrintToString(example.words) << run.err;
  }
}

TEST(Docs, WorkflowReplaysAFolderOfRecordings) {
  const WorkingFolder folder;
  std::filesystem::create_directory(folder.path("cards"));
  folder.write("cards/listgp211.txt", read_file(source_file("examples/listgp211.txt")));
  ASSERT_EQ(folder.run({"--card", "virtual", "--record", "cards/a.jsonl", "cards/listgp211.txt"}).exit_code,
            0);
  std::istringstream in(read_file(source_file("docs/ci-workflow.yml")));
  int commands = 0;
  for (std::string line; std::getline(in, line);) {
    const auto at = line.find("run: gpsh ");
    if (at == std::string::npos) continue;
    auto arguments = words_of(line.substr(at));
    arguments.erase(arguments.begin(), arguments.begin() + 2);
    const auto run = folder.run(arguments);
    EXPECT_EQ(run.exit_code, 0) << line << run.err;
    ++commands;
  }
  EXPECT_EQ(commands, 1);
  EXPECT_NE(read_file(folder.path("gpsh-junit.xml")).find("<testsuites>"), std::string::npos);
}

}  // namespace
}  // namespace gpsh::test
