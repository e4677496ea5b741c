// SPDX-License-Identifier: Apache-2.0
#include "sessions/replay_report.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <pugixml.hpp>

namespace gpsh::sessions {
namespace {

std::vector<ReplayOutcome> two() {
  return {{.file = "tests/cards/list.jsonl", .duration = std::chrono::microseconds(1500)},
          {.file = "b#1.jsonl",
           .reason = "replay-mismatch",
           .message = "x.txt:6: P1 is 40 <&>\x01\n  advice: look",
           .duration = std::chrono::seconds(2)}};
}

TEST(ReplayReport, Text) {
  EXPECT_EQ(replay_text(two()),
            "ok    tests/cards/list.jsonl\n"
            "FAIL  b#1.jsonl [replay-mismatch]\n"
            "  x.txt:6: P1 is 40 <&>.\n"
            "  advice: look\n"
            "1 passed, 1 failed\n");
}

TEST(ReplayReport, Tap) {
  EXPECT_EQ(replay_tap(two()),
            "TAP version 13\n"
            "1..2\n"
            "ok 1 - tests/cards/list.jsonl\n"
            "not ok 2 - b_1.jsonl\n"
            "  ---\n"
            "  message: \"x.txt:6: P1 is 40 <&>\\u0001\\n  advice: look\"\n"
            "  severity: fail\n"
            "  reason: \"replay-mismatch\"\n"
            "  ...\n"
            "# 1 passed, 1 failed\n");
}

TEST(ReplayReport, Json) {
  const auto json = nlohmann::json::parse(replay_json(two()));
  EXPECT_EQ(json["passed"], 1);
  EXPECT_EQ(json["failed"], 1);
  EXPECT_EQ(
      json["recordings"][0],
      nlohmann::json::parse(
          R"({"file":"tests/cards/list.jsonl","status":"passed","reason":null,"message":null,"us":1500})"));
  EXPECT_EQ(json["recordings"][1]["status"], "failed");
  EXPECT_EQ(json["recordings"][1]["reason"], "replay-mismatch");
  EXPECT_EQ(json["recordings"][1]["message"], two()[1].message);
}

// The rules of JUnit.xsd (Ant) and junit-10.xsd (Jenkins) for the elements used here.
TEST(ReplayReport, JunitIsAsTheSchemasWantIt) {
  const auto text = replay_junit(two(), {.timestamp = "2026-01-31T12:00:00", .host = "ci"});
  pugi::xml_document document;
  ASSERT_TRUE(document.load_string(text.c_str())) << text;
  const auto suite = document.child("testsuites").child("testsuite");
  for (const auto* name : {"name", "package", "hostname"})
    EXPECT_STRNE(suite.attribute(name).value(), "") << name;
  EXPECT_STREQ(suite.attribute("timestamp").value(), "2026-01-31T12:00:00");
  EXPECT_STREQ(suite.attribute("id").value(), "0");
  EXPECT_STREQ(suite.attribute("tests").value(), "2");
  EXPECT_STREQ(suite.attribute("failures").value(), "1");
  EXPECT_STREQ(suite.attribute("errors").value(), "0");
  EXPECT_STREQ(suite.attribute("time").value(), "2.001500");
  std::vector<std::string> children;
  for (const auto& child : suite.children()) children.emplace_back(child.name());
  EXPECT_THAT(children,
              ::testing::ElementsAre("properties", "testcase", "testcase", "system-out", "system-err"));
  const auto first = suite.child("testcase");
  EXPECT_STREQ(first.attribute("classname").value(), "tests/cards");
  EXPECT_STREQ(first.attribute("name").value(), "list.jsonl");
  EXPECT_STREQ(first.attribute("time").value(), "0.001500");
  EXPECT_TRUE(first.first_child().empty());
  const auto second = first.next_sibling("testcase");
  EXPECT_STREQ(second.attribute("classname").value(), ".");
  EXPECT_STREQ(second.child("failure").attribute("type").value(), "replay-mismatch");
  EXPECT_STREQ(second.child("failure").attribute("message").value(), "x.txt:6: P1 is 40 <&>.");
  EXPECT_STREQ(second.child("failure").text().get(), "x.txt:6: P1 is 40 <&>.\n  advice: look");
}

}  // namespace
}  // namespace gpsh::sessions
