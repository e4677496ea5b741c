// SPDX-License-Identifier: Apache-2.0
// gpsh check --format json, and the program.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "interpreter/render_json.h"
#include "tests/interpreter/checked.h"
#include "tests/support/program.h"

namespace gpsh::test {
namespace {

using nlohmann::json;

const std::string kUmlaut = "card_connect -reader \"Ärger\" -readerNumber 1\n";

std::vector<interpreter::BoundScript> scripts(const std::string& text) {
  std::vector<interpreter::BoundScript> all;
  all.push_back(bound(text));
  return all;
}

TEST(CheckJson, HasTheDocumentedShape) {
  EXPECT_EQ(interpreter::render_json(scripts("establish_context\n" + kUmlaut)),
            R"({
  "files": [
    {
      "file": "list.txt",
      "commands": 2,
      "errors": 0,
      "warnings": 1,
      "notes": 0,
      "diagnostics": [
        {
          "code": "ignored-option",
          "severity": "warning",
          "message": "-readerNumber is ignored, as -reader is given",
          "facts": [],
          "advice": "give one of them",
          "line": 2,
          "column": 44,
          "end_column": 45
        }
      ]
    }
  ]
}
)");
}

TEST(CheckJson, WithoutAPlaceThereIsNoLine) {
  const auto document = json::parse(interpreter::render_json(scripts("")));
  const auto& diagnostic = document["files"][0]["diagnostics"][0];
  EXPECT_EQ(diagnostic["code"], "empty-script");
  EXPECT_FALSE(diagnostic.contains("line"));
}

TEST(CheckJson, BytesThatAreNoTextAreReplaced) {
  const auto document = json::parse(interpreter::render_json(scripts("open_\xFF\n")));
  EXPECT_EQ(document["files"][0]["diagnostics"][0]["message"], "unknown command open_\xEF\xBF\xBD");
}

TEST(CheckProgram, FormatsAndExitCodes) {
  const WorkingFolder folder;
  folder.write("good.txt", "mode_211 # gpsh:allow old-command\n");
  folder.write("bad.txt", "establish_context\ncard_connect\ninstall -file absent.cap\n");
  const auto as_json = folder.run({"check", "good.txt", "bad.txt", "--format", "json"});
  EXPECT_EQ(as_json.exit_code, 2);
  EXPECT_EQ(as_json.err, "");
  const auto document = json::parse(as_json.out);
  EXPECT_EQ(document["files"][0]["errors"], 0);
  EXPECT_GE(document["files"][1]["errors"], 1);
  const auto as_sarif = folder.run({"check", "--format", "sarif", "good.txt"});
  EXPECT_EQ(as_sarif.exit_code, 0);
  EXPECT_EQ(json::parse(as_sarif.out)["runs"][0]["results"], json::array());
  const auto as_text = folder.run({"check", "bad.txt"});
  EXPECT_EQ(as_text.exit_code, 2);
  EXPECT_NE(as_text.err.find("bad.txt:3:15: error[gpsh.unreadable-file]: cannot read absent.cap"),
            std::string::npos)
      << as_text.err;
  EXPECT_TRUE(as_text.out.starts_with("bad.txt: 3 commands, ")) << as_text.out;
  EXPECT_EQ(folder.run({"help", "no-dek"}).out.substr(0, 16), "no-dek (error): ");
  EXPECT_TRUE(folder.run({"help", "checks", "--markdown"}).out.starts_with("# What the check says\n"));
}

TEST(CheckProgram, ARunChecksItsFilesFirst) {
  const WorkingFolder folder;
  const auto run = folder.run(
      {"--card", "virtual", "-c", "establish_context\ncard_connect\nput_dm_token_keys -file absent.pem"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.out, "");
  EXPECT_NE(run.err.find("error[gpsh.unreadable-file]"), std::string::npos) << run.err;
}

}  // namespace
}  // namespace gpsh::test
