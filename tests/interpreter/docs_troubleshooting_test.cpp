// SPDX-License-Identifier: Apache-2.0
// docs/troubleshooting.md quotes messages and status words: each is what gpsh says, and no advice is missing.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>

#include "core/status_word.h"
#include "tests/support/docs_page.h"
#include "tests/support/test_data.h"

namespace gpsh::test {
namespace {

using Cells = std::vector<std::string>;

/// `| a | b |` is {a, b}.
Cells cells_of(const std::string& row) {
  Cells cells;
  for (std::size_t from = 2; from < row.size();) {
    const auto to = row.find(" |", from);
    if (to == std::string::npos) break;
    cells.push_back(row.substr(from, to - from));
    from = to + 3;
  }
  return cells;
}

/// The rows of the table whose first line begins with `head`, without its two first lines.
std::vector<Cells> rows_under(std::string_view head) {
  std::vector<Cells> rows;
  bool inside = false;
  for (const auto& line : lines_of(read_file(source_file("docs/troubleshooting.md")))) {
    if (!line.starts_with('|')) inside = false;
    if (inside && !line.starts_with("|---")) rows.push_back(cells_of(line));
    if (line.starts_with(head)) inside = true;
  }
  return rows;
}

/// All sources with adjacent string literals joined.
std::string sources() {
  std::string text;
  for (const auto* folder : {"core", "gp", "pcsc", "sessions", "interpreter"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(source_file(folder)))
      if (entry.path().extension() == ".cpp" || entry.path().extension() == ".h")
        text += read_file(entry.path());
  }
  std::string joined;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto next = text.find_first_not_of(" \n", i + 1);
    if (text[i] == '"' && next != std::string::npos && next > i + 1 && text[next] == '"') {
      i = next;
    } else {
      joined += text[i];
    }
  }
  return joined;
}

Cells split(const std::string& text, const std::string& by) {
  Cells parts;
  std::size_t from = 0;
  for (auto to = text.find(by); to != std::string::npos; to = text.find(by, from)) {
    parts.push_back(text.substr(from, to - from));
    from = to + by.size();
  }
  parts.push_back(text.substr(from));
  return parts;
}

TEST(DocsTroubleshooting, MessagesAreThoseOfTheProgram) {
  const auto source = sources();
  const auto rows = rows_under("| message |");
  EXPECT_GT(rows.size(), 30U);
  for (const auto& row : rows) {
    ASSERT_EQ(row.size(), 3U) << row.front();
    const auto end_of_codes = row.front().find("`: ");
    ASSERT_NE(end_of_codes, std::string::npos) << row.front();
    for (const auto& code : split(row.front().substr(1, end_of_codes - 1), "`, `"))
      EXPECT_NE(source.find('"' + code + '"'), std::string::npos) << "there is no code " << code;
    for (auto piece : split(row.front().substr(end_of_codes + 3), "…")) {
      while (piece.ends_with(':') || piece.ends_with(' ')) piece.pop_back();
      EXPECT_NE(source.find(piece), std::string::npos) << "no message has: " << piece;
    }
  }
}

const std::map<std::string, std::uint8_t> kInstructions = {{"SELECT", 0xA4},
                                                           {"INITIALIZE UPDATE", 0x50},
                                                           {"EXTERNAL AUTHENTICATE", 0x82},
                                                           {"GET DATA", 0xCA},
                                                           {"GET STATUS", 0xF2},
                                                           {"INSTALL", 0xE6},
                                                           {"LOAD", 0xE8},
                                                           {"DELETE", 0xE4},
                                                           {"PUT KEY", 0xD8},
                                                           {"STORE DATA", 0xE2},
                                                           {"SET STATUS", 0xF0},
                                                           {"any other", 0x00}};

TEST(DocsTroubleshooting, StatusWordsAreExplainedAsTheProgramDoes) {
  std::map<std::pair<std::string, std::string>, Cells> shown;
  for (const auto& row : rows_under("| status word |")) {
    ASSERT_EQ(row.size(), 4U);
    shown[{row[0], row[1]}] = row;
  }
  EXPECT_GT(shown.size(), 40U);
  std::size_t found = 0;
  for (unsigned value = 0x6200; value <= 0x9FFF; ++value) {
    const StatusWord sw(static_cast<std::uint16_t>(value));
    if (sw.sw1() == 0x61 || sw.sw1() == 0x6C) continue;
    const auto other = explain(sw, 0x00);
    for (const auto& [name, instruction] : kInstructions) {
      const auto known = explain(sw, instruction);
      if (known.advice.empty() || known.meaning == "unknown status word") continue;
      if (name != "any other" && known.advice == other.advice) continue;
      const auto row = shown.find({sw.text(), name});
      ASSERT_NE(row, shown.end()) << "the page lacks | " << sw.text() << " | " << name << " | "
                                  << known.meaning << " | " << known.advice << " |";
      EXPECT_EQ(row->second[2], known.meaning) << sw.text() << " " << name;
      EXPECT_EQ(row->second[3], known.advice) << sw.text() << " " << name;
      ++found;
    }
  }
  EXPECT_EQ(found, shown.size()) << "the page has rows that the program has not";
}

}  // namespace
}  // namespace gpsh::test
