// SPDX-License-Identifier: Apache-2.0
#include "interpreter/reader_list.h"

#include <gtest/gtest.h>

#include "tests/support/program.h"

namespace gpsh::test {
namespace {

std::vector<ReaderInfo> two_readers() {
  return {{.name = "Reader A", .atr = hex("3B80800101")}, {.name = "B\xFF", .atr = {}}};
}

TEST(ReaderList, IsNumbered) {
  EXPECT_EQ(interpreter::reader_list(two_readers()),
            " 1  Reader A\n"
            "    card with ATR 3B80800101\n"
            " 2  B\xFF\n"
            "    no card\n");
}

// The name of a reader need not be UTF-8; JSON has to be.
TEST(ReaderList, IsAListOfObjects) {
  EXPECT_EQ(interpreter::reader_list_json(two_readers()), R"([
  {
    "number": 1,
    "name": "Reader A",
    "card": true,
    "atr": "3B80800101"
  },
  {
    "number": 2,
    "name": "B)"
                                                          "\xEF\xBF\xBD"
                                                          R"(",
    "card": false
  }
]
)");
}

TEST(ReaderList, OfTheVirtualCard) {
  const WorkingFolder folder;
  const auto text = folder.run({"readers", "--card", "virtual"});
  EXPECT_EQ(text.exit_code, 0) << text.err;
  EXPECT_TRUE(text.out.starts_with(" 1  gpsh Virtual Card 00\n    card with ATR 3B")) << text.out;
  const auto json = folder.run({"readers", "--card", "virtual", "--format", "json"});
  EXPECT_EQ(json.exit_code, 0) << json.err;
  EXPECT_TRUE(
      json.out.starts_with("[\n  {\n    \"number\": 1,\n    \"name\": \"gpsh Virtual Card 00\",\n"
                           "    \"card\": true,\n    \"atr\": \"3B"))
      << json.out;
}

TEST(ReaderList, HasNoOtherFormat) {
  const WorkingFolder folder;
  for (const std::string word : {"readers", "info"}) {
    const auto run = folder.run({word, "--card", "virtual", "--format", "sarif"});
    EXPECT_EQ(run.exit_code, 2) << word;
    EXPECT_EQ(run.out, "") << word;
    EXPECT_EQ(run.err,
              "gpsh: error[gpsh.usage]: --format: sarif not in {text,json}\n"
              "  advice: see gpsh " +
                  word + " --help\n")
        << word;
  }
}

}  // namespace
}  // namespace gpsh::test
