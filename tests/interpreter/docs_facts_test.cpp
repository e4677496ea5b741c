// SPDX-License-Identifier: Apache-2.0
// What the documentation says beside commands that run: tables, a program and a picture, held to what is
// true.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <set>

#include "tests/support/docs_page.h"
#include "tests/support/program.h"
#include "tests/support/test_data.h"

namespace gpsh::test {
namespace {

/// What stands between backquotes.
std::vector<std::string> code_spans(const std::string& text) {
  std::vector<std::string> spans;
  for (auto from = text.find('`'); from != std::string::npos;) {
    const auto to = text.find('`', from + 1);
    if (to == std::string::npos) break;
    spans.push_back(text.substr(from + 1, to - from - 1));
    from = text.find('`', to + 1);
  }
  return spans;
}

// The right column of the table that begins "in the script": each code of several words is a line of a
// script.
TEST(DocsFacts, WhatReplacesGpJarIsRightScript) {
  const WorkingFolder folder;
  folder.write("hello.cap", read_file(source_file("examples/hello.cap")));
  std::string script = "mode_211\nestablish_context\ncard_connect\nselect\n";
  bool inside = false;
  std::size_t rows = 0;
  for (const auto& row : lines_of(read_file(source_file("docs/migration.md")))) {
    if (row.starts_with("| gp.jar |")) inside = row.ends_with("| in the script |");
    if (!inside || !row.starts_with("| `gp ")) continue;
    ++rows;
    for (const auto& code : code_spans(row.substr(row.find(" | "))))
      if (code.find(' ') != std::string::npos && !code.starts_with('-')) script += code + "\n";
  }
  EXPECT_GT(rows, 20U);
  folder.write("all.txt", script);
  const auto run = folder.run({"check", "all.txt"}, "", {"CARD_KEY=404142434445464748494A4B4C4D4E4F"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
}

// The last column of the table of limits: a file, and what stands in it.
TEST(DocsFacts, LimitsStandInTheSources) {
  std::size_t rows = 0;
  for (const auto& row : lines_of(read_file(source_file("docs/security.md")))) {
    const auto codes = code_spans(row);
    if (!row.starts_with("| ") || codes.size() < 2) continue;
    const auto& file = codes[codes.size() - 2];
    if (!file.ends_with(".h") && !file.ends_with(".cpp")) continue;
    ++rows;
    EXPECT_NE(read_file(source_file(file)).find(codes.back()), std::string::npos)
        << file << " has no " << codes.back();
  }
  EXPECT_GT(rows, 20U);
}

/// The cells of a row of a table, without the blanks about them.
std::vector<std::string> cells_of(const std::string& row) {
  std::vector<std::string> cells;
  for (std::size_t from = 2, to = 0; (to = row.find(" |", from)) != std::string::npos; from = to + 3)
    cells.push_back(row.substr(from, to - from));
  return cells;
}

// The columns: what, limit, at most, measured, where. "Where" is a source and the definition of the limit.
TEST(DocsFacts, PerformanceLimitsAreThoseOfTheBenchmarks) {
  std::set<std::string> told;
  for (const auto& row : lines_of(read_file(source_file("docs/performance.md")))) {
    const auto codes = code_spans(row);
    if (!row.starts_with("| ") || codes.size() < 2) continue;
    const auto& file = codes[codes.size() - 2];
    const auto& definition = codes.back();
    if (!file.starts_with("tests/bench/")) continue;
    told.insert(file);
    const auto cells = cells_of(row);
    ASSERT_EQ(cells.size(), 5U) << row;
    EXPECT_NE(read_file(source_file(file)).find("constexpr double " + definition + ";"), std::string::npos)
        << file << " has no " << definition;
    EXPECT_TRUE(definition.ends_with(" = " + cells[2])) << row;
    EXPECT_LE(std::stod(cells[3]), std::stod(cells[2])) << row;
  }
  std::set<std::string> all;
  for (const auto& entry : std::filesystem::directory_iterator(source_file("tests/bench")))
    if (entry.path().extension() == ".cpp") all.insert("tests/bench/" + entry.path().filename().string());
  EXPECT_EQ(told, all);
}

// tests/library builds and runs that program.
TEST(DocsFacts, TheLibraryPageShowsTheExample) {
  const auto example = read_file(source_file("examples/library/open_channel.cpp"));
  const auto blocks = blocks_of(read_file(source_file("docs/library.md")));
  ASSERT_EQ(blocks.size(), 2U);
  for (const auto& line : blocks.back().lines)
    EXPECT_NE(example.find(line + "\n"), std::string::npos) << line;
}

TEST(DocsFacts, ThePictureIsOfARealRun) {
  const WorkingFolder folder;
  const auto made = folder.path("terminal.svg");
  const auto command =
      "sh '" + source_file("docs/terminal.sh").string() + "' \"$GPSH_PROGRAM\" > '" + made + "'";
  ASSERT_EQ(std::system(command.c_str()), 0);
  EXPECT_EQ(read_file(made), read_file(source_file("docs/terminal.svg")))
      << "make it anew: docs/terminal.sh PROGRAM > docs/terminal.svg";
}

/// As sites that show Markdown name the place of a heading.
std::string anchor_of(const std::string& heading) {
  std::string anchor;
  for (const char c : heading.substr(heading.find(' ') + 1)) {
    if (c == ' ' || c == '-') anchor += '-';
    if (std::isalnum(static_cast<unsigned char>(c)) != 0)
      anchor += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return anchor;
}

bool has_heading(const std::filesystem::path& page, const std::string& anchor) {
  const auto lines = lines_of(read_file(page));
  return std::ranges::any_of(
      lines, [&](const std::string& line) { return line.starts_with('#') && anchor_of(line) == anchor; });
}

/// What stands in the brackets behind `](`, but for links to other sites.
std::vector<std::string> links_of(const std::string& text) {
  std::vector<std::string> links;
  for (auto at = text.find("]("); at != std::string::npos; at = text.find("](", at + 2)) {
    const auto link = text.substr(at + 2, text.find(')', at) - at - 2);
    if (link.find("://") == std::string::npos) links.push_back(link);
  }
  return links;
}

TEST(DocsFacts, LinksLeadSomewhere) {
  std::vector<std::filesystem::path> pages{source_file("README.md"), source_file("CONTRIBUTING.md")};
  for (const auto& entry : std::filesystem::directory_iterator(source_file("docs")))
    if (entry.path().extension() == ".md") pages.push_back(entry.path());
  for (const auto& page : pages) {
    for (const auto& link : links_of(read_file(page))) {
      const auto file = link.substr(0, link.find('#'));
      const auto target = file.empty() ? page : page.parent_path() / file;
      EXPECT_TRUE(std::filesystem::exists(target)) << page << " leads to " << link;
      if (link.find('#') == std::string::npos) continue;
      EXPECT_TRUE(has_heading(target, link.substr(link.find('#') + 1))) << page << " leads to " << link;
    }
  }
}

}  // namespace
}  // namespace gpsh::test
