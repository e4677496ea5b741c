// SPDX-License-Identifier: Apache-2.0
#include "interpreter/help.h"

#include <gtest/gtest.h>

#include "tests/support/test_data.h"

namespace gpsh::interpreter {
namespace {

TEST(Help, TellsOptionsKindsDefaultsAndAnExample) {
  EXPECT_EQ(*help_command("get_status"),
            "get_status: List what is on the card\n"
            "\n"
            "Options:\n"
            "  -element               what to list: 80 issuer security domain, 40 applications and security "
            "domains, 20 load "
            "files, 10 load files with their modules; bits may be combined\n"
            "                         one byte in hex; default: 00\n"
            "  -format                response format: 0 the old one, 2 TLV; mode_201 uses the old one\n"
            "                         0 | 2; default: 2\n"
            "  -noStop                go on with the next line if this command fails\n"
            "\n"
            "Example:\n"
            "  get_status -element 40\n");
}

TEST(Help, KnowsNoOtherNames) {
  EXPECT_EQ(help_command("get_statu"), std::nullopt);
}

TEST(Help, ReferencePageIsFresh) {
  EXPECT_EQ(test::read_file(test::source_file("docs/commands.md")), help_markdown())
      << "make it anew: gpsh help --markdown > docs/commands.md";
}

}  // namespace
}  // namespace gpsh::interpreter
