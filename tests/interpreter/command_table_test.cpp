// SPDX-License-Identifier: Apache-2.0
#include "interpreter/command_table.h"

#include <gtest/gtest.h>

#include "interpreter/check.h"
#include "interpreter/help.h"
#include "tests/interpreter/script_run.h"

namespace gpsh::interpreter {
namespace {

// Names and numbers: GPShell 3.0.0, reference sections 2.1 and 2.2.
TEST(CommandTable, HoldsTheWholeLanguage) {
  EXPECT_EQ(command_table().size(), 34U + 3U) << "with three of GPShell 1.4";
  EXPECT_EQ(all_option_names().size(), 40U + 6U) << "with -current_kek and -cur_kek of 1.4, and our own "
                                                    "-keyFormat, -blockSize, -chainMac and -omitDescriptor";
}

TEST(CommandTable, NamesAreUnique) {
  auto names = command_names();
  std::ranges::sort(names);
  EXPECT_EQ(std::ranges::adjacent_find(names), names.end());
}

TEST(CommandTable, AnOptionIsOfOneKindWhereverItStands) {
  for (const auto& command : command_table()) {
    for (const auto& option : command.options) {
      EXPECT_EQ(option.kind, find_option_of_any_command(option.name)->kind)
          << command.name << " " << option.name;
    }
  }
}

TEST(CommandTable, EveryExampleBindsToItsOwnCommandWithoutRemarks) {
  for (const auto& command : command_table()) {
    const auto script = check(Source("example", std::string(command.example)), test::no_environment,
                              Strictness::strict, SecretDisplay::masked);
    ASSERT_EQ(script.lines.size(), 1U) << command.name;
    EXPECT_EQ(script.lines[0].info, &command);
    for (const auto& diagnostic : script.diagnostics) {
      EXPECT_TRUE(command.built == Built::planned && diagnostic.code == "not-built") << diagnostic.text;
    }
  }
}

TEST(CommandTable, EveryCommandAndOptionIsExplained) {
  for (const auto& command : command_table()) {
    EXPECT_FALSE(command.summary.empty()) << command.name;
    const auto help = help_command(command.name);
    ASSERT_TRUE(help) << command.name;
    EXPECT_NE(help->find(command.example), std::string::npos);
    for (const auto& option : command.options) {
      EXPECT_FALSE(option.help.empty()) << command.name << " " << option.name;
      EXPECT_NE(help->find(option.help), std::string::npos);
    }
  }
}

}  // namespace
}  // namespace gpsh::interpreter
