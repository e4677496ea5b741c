// SPDX-License-Identifier: Apache-2.0
// gpsh check --format: JSON and SARIF.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "interpreter/render_json.h"
#include "interpreter/render_sarif.h"
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

// Required properties: SARIF 2.1.0 (OASIS), sections 3.13, 3.14, 3.18, 3.19, 3.27 to 3.30.
TEST(CheckSarif, HasWhatTheStandardRequires) {
  const auto log =
      json::parse(interpreter::render_sarif(scripts("establish_context\n" + kUmlaut + "open_cs\n"), "1.2.3"));
  EXPECT_EQ(log["version"], "2.1.0");
  EXPECT_TRUE(log["$schema"].is_string());
  ASSERT_EQ(log["runs"].size(), 1U);
  const auto& run = log["runs"][0];
  EXPECT_EQ(run["columnKind"], "unicodeCodePoints");
  const auto& driver = run["tool"]["driver"];
  EXPECT_EQ(driver["name"], "gpsh");
  EXPECT_EQ(driver["version"], "1.2.3");
  std::vector<std::string> rules;
  for (const auto& rule : driver["rules"]) {
    rules.push_back(rule["id"]);
    EXPECT_FALSE(rule["shortDescription"]["text"].get<std::string>().empty());
  }
  ASSERT_EQ(run["results"].size(), 2U);
  for (const auto& result : run["results"])
    EXPECT_NE(std::ranges::find(rules, result["ruleId"].get<std::string>()), rules.end()) << result;
  const auto& first = run["results"][0];
  EXPECT_EQ(first["ruleId"], "gpsh.ignored-option");
  EXPECT_EQ(first["level"], "warning");
  EXPECT_EQ(first["message"]["text"],
            "-readerNumber is ignored, as -reader is given; advice: give one of them");
  const auto& place = first["locations"][0]["physicalLocation"];
  EXPECT_EQ(place["artifactLocation"]["uri"], "list.txt");
  EXPECT_EQ(place["region"],
            (json{{"startLine", 2}, {"startColumn", 44}, {"endLine", 2}, {"endColumn", 45}}));
  EXPECT_EQ(run["results"][1]["level"], "error");
}

TEST(CheckSarif, FileNamesBecomeUris) {
  std::vector<interpreter::BoundScript> one;
  one.push_back(interpreter::check(interpreter::Source("a b/ü#.txt", ""), no_environment,
                                   interpreter::Strictness::strict, interpreter::SecretDisplay::masked));
  const auto log = json::parse(interpreter::render_sarif(one, "1"));
  const auto& place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
  EXPECT_EQ(place["artifactLocation"]["uri"], "a%20b/%C3%BC%23.txt");
  EXPECT_FALSE(place.contains("region"));
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
