// SPDX-License-Identifier: Apache-2.0
// Pages with fenced blocks are run as one session of a shell each, from top to bottom, as a reader would:
// every command does what the page says, and prints what it shows. tests/support/docs_page.h says how blocks
// are marked.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "tests/support/docs_page.h"
#include "tests/support/program.h"
#include "tests/support/test_data.h"

namespace gpsh::test {
namespace {

using Lines = std::vector<std::string>;

TEST(DocsPage, BlocksAreKnownByTheirFence) {
  const auto blocks = blocks_of(
      "a\n```gpshell a.txt\nexit\n```\n```gpshell b.txt wrong\n```\n```sh reader\n```\n```text\n```");
  ASSERT_EQ(blocks.size(), 4U);
  EXPECT_EQ(blocks[0].kind, BlockKind::script);
  EXPECT_EQ(blocks[0].name, "a.txt");
  EXPECT_EQ(blocks[0].lines, Lines{"exit"});
  EXPECT_EQ(blocks[0].line, 2U);
  EXPECT_EQ(blocks[1].kind, BlockKind::wrong_script);
  EXPECT_EQ(blocks[2].kind, BlockKind::commands);
  EXPECT_TRUE(blocks[2].needs_reader);
  EXPECT_EQ(blocks[3].kind, BlockKind::other);
}

TEST(DocsPage, ConsoleBlocksAreCommandsAndWhatTheyPrint) {
  const auto commands = commands_of(blocks_of("```console\n$ a \\\n  b\nout\n$ c\n```\n```sh\nd\n```"));
  ASSERT_EQ(commands.size(), 5U);
  EXPECT_EQ(commands[0].text, "unset GPSH_CARD");
  EXPECT_EQ(commands[1].text, "a \\\n  b");
  EXPECT_EQ(commands[1].shown, Lines{"out"});
  EXPECT_EQ(commands[2].text, "c");
  EXPECT_TRUE(commands[2].shown.empty());
  EXPECT_EQ(commands[4].text, "d");
}

TEST(DocsPage, LinesMayBeLeftOutButNotChanged) {
  const Lines printed{"one", "two  ", "three"};
  EXPECT_TRUE(reads_as({"one", "two", "three"}, printed));
  EXPECT_TRUE(reads_as({"...", "two", "..."}, printed));
  EXPECT_TRUE(reads_as({"...", "thr..."}, printed));
  EXPECT_FALSE(reads_as({"one", "two"}, printed));
  EXPECT_FALSE(reads_as({"...", "four", "..."}, printed));
  EXPECT_FALSE(reads_as({"...", "two"}, printed));
}

/// One shell for the whole page: what `cd` and `export` did lasts. Behind each command stands its number and
/// exit code, which the next command finds in $?.
std::string shell_script(const std::vector<ShownCommand>& commands) {
  std::string script =
      "unset GPSH_READER; XDG_STATE_HOME=$PWD/.state; export XDG_STATE_HOME\n"
      "PATH=$(dirname \"$GPSH_PROGRAM\"):$PATH; exec </dev/null >.session 2>&1\n";
  for (std::size_t i = 0; i < commands.size(); ++i) {
    script += "{\n" + commands[i].text + "\n}\nstatus=$?; printf '\\n@@@ " + std::to_string(i) +
              " %d\\n' $status; (exit $status)\n";
  }
  return script + "exit 0\n";
}

std::string as_text(const Lines& lines) {
  std::string text;
  for (const auto& line : lines) text += "  " + line + "\n";
  return text;
}

std::string quoted_for_message(const ShownCommand& command, const std::string& page) {
  return page + ":" + std::to_string(command.line) + ": " + command.text.substr(0, command.text.find('\n'));
}

void expect_as_shown(const std::string& page, const std::vector<ShownCommand>& commands,
                     const Lines& session) {
  std::size_t at = 0;
  Lines printed;
  for (const auto& line : session) {
    if (!line.starts_with("@@@ ")) {
      printed.push_back(line);
      continue;
    }
    ASSERT_LT(at, commands.size());
    const auto& command = commands[at++];
    const bool asked_for = at < commands.size() && commands[at].text == "echo $?";
    const bool good = line.ends_with(" 0");
    if (!printed.empty() && printed.back().empty()) printed.pop_back();  // of the mark's own line feed
    EXPECT_TRUE(good || asked_for) << quoted_for_message(command, page) << "\nended with " << line << "\n"
                                   << as_text(printed);
    if (!command.shown.empty()) {
      EXPECT_TRUE(reads_as(command.shown, printed))
          << quoted_for_message(command, page) << "\nthe page shows:\n"
          << as_text(command.shown) << "but it prints:\n"
          << as_text(printed);
    }
    printed.clear();
  }
  EXPECT_EQ(at, commands.size()) << page << ": the session ended at this command:\n" << as_text(printed);
}

std::vector<std::string> pages_with_commands() {
  std::vector<std::string> pages;
  for (const auto& entry : std::filesystem::directory_iterator(source_file("docs"))) {
    if (entry.path().extension() != ".md") continue;
    if (!commands_of(blocks_of(read_file(entry.path()))).empty())
      pages.push_back(entry.path().stem().string());
  }
  std::ranges::sort(pages);
  return pages;
}

class DocsPages : public ::testing::TestWithParam<std::string> {};

TEST_P(DocsPages, RunsFromTopToBottom) {
  const auto page = "docs/" + GetParam() + ".md";
  const auto commands = commands_of(blocks_of(read_file(source_file(page))));
  const WorkingFolder folder;
  std::filesystem::copy(source_file("examples"), folder.path("examples"),
                        std::filesystem::copy_options::recursive);
  folder.write(".page.sh", shell_script(commands));
  ASSERT_EQ(std::system(("cd '" + folder.path("") + "' && sh .page.sh").c_str()), 0);
  expect_as_shown(page, commands, lines_of(read_file(folder.path(".session"))));
}

TEST_P(DocsPages, OtherBlocksHideNoCommand) {
  for (const auto& block : blocks_of(read_file(source_file("docs/" + GetParam() + ".md")))) {
    if (block.kind != BlockKind::other) continue;
    for (const auto& line : block.lines) {
      EXPECT_FALSE(line.starts_with("gpsh ") || line.starts_with("$ "))
          << GetParam() << ".md: the block at line " << block.line << " is run by nobody: " << line;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, DocsPages, ::testing::ValuesIn(pages_with_commands()), [](const auto& page) {
  auto name = page.param;
  std::ranges::replace(name, '-', '_');
  return name;
});

}  // namespace
}  // namespace gpsh::test
