// SPDX-License-Identifier: Apache-2.0
#include "interpreter/checks/codes.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/interpreter/checked.h"
#include "tests/support/test_data.h"

namespace gpsh::test {
namespace {

using interpreter::checks::code_table;

/// The files that the examples name.
interpreter::FileReader example_files() {
  SmallCap large;
  large.method = component(7, Bytes(65500, 0));
  SmallCap hello;
  hello.header = component(1, hex("DECAFFED 010204 0201 07 D0D1D2D3D4D501"));
  SmallCap broken;
  broken.header = component(1, hex("CAFEBABE 010204 0201 07 F0000000010001"));
  return files_of({{"hello.cap", hello.zipped()},
                   {"large.cap", large.zipped()},
                   {"cut.cap", hex("504B0304 00")},
                   {"broken.cap", broken.zipped()}});
}

TEST(CheckCodes, EveryExampleHasItsCode) {
  for (const auto& code : code_table()) {
    if (code.example.empty()) continue;
    const auto script = interpreter::check_files(bound(std::string(code.example)), example_files());
    const auto found = std::ranges::find(script.diagnostics, code.code, &interpreter::Diagnostic::code);
    ASSERT_NE(found, script.diagnostics.end()) << code.code << ":\n" << told(script);
    EXPECT_EQ(found->severity, code.severity) << code.code;
  }
}

TEST(CheckCodes, AreSortedUniqueAndExplained) {
  EXPECT_TRUE(std::ranges::is_sorted(code_table(), {}, &interpreter::checks::Code::code));
  for (const auto& code : code_table()) {
    EXPECT_FALSE(code.meaning.empty() || code.remedy.empty()) << code.code;
    EXPECT_EQ(std::string(".?!").find(code.meaning.back()), std::string::npos) << code.code;
    EXPECT_EQ(std::string(".?!").find(code.remedy.back()), std::string::npos) << code.code;
  }
}

TEST(CheckCodes, ExamplesShowNoCodeThatTheTableLacks) {
  for (const auto& code : code_table()) {
    const auto script = interpreter::check_files(bound(std::string(code.example)), example_files());
    for (const auto& diagnostic : script.diagnostics) {
      EXPECT_NE(interpreter::checks::find_code(diagnostic.code), nullptr) << diagnostic.code;
    }
  }
}

TEST(CheckCodes, PageIsFresh) {
  EXPECT_EQ(read_file(source_file("docs/checks.md")), interpreter::checks::codes_markdown())
      << "make it anew: gpsh help checks --markdown > docs/checks.md";
}

TEST(CheckCodes, OneIsExplained) {
  EXPECT_EQ(*interpreter::checks::explain_code("gpsh.hex-number"),
            "hex-number (note): a number in hex that GPShell reads as 0.\n"
            "Write it in decimal to mean the same everywhere.\n"
            "\n"
            "Example:\n"
            "    open_sc -security 0x33\n");
  EXPECT_EQ(interpreter::checks::explain_code("hex"), std::nullopt);
  EXPECT_NE(
      interpreter::checks::codes_overview().find("  key-in-clear             note     a key that is not"),
      std::string::npos);
}

}  // namespace
}  // namespace gpsh::test
