// SPDX-License-Identifier: Apache-2.0
// docs/recording.schema.json lists the fields that gpsh writes, each line's own and no others.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "tests/support/program.h"
#include "tests/support/test_data.h"

namespace gpsh::test {
namespace {

using nlohmann::json;

/// The definition whose "event" is this line's; the header's for the header.
const json* definition_of(const json& line, const json& schema) {
  if (line.contains("format")) return &schema["$defs"]["header"];
  for (const auto& [name, definition] : schema["$defs"].items()) {
    if (!definition.contains("properties") || !definition["properties"].contains("event")) continue;
    if (definition["properties"]["event"]["const"] == line.at("event")) return &definition;
  }
  return nullptr;
}

void expect_fields(const json& line, const json& definition) {
  for (const auto& name : definition["required"]) EXPECT_TRUE(line.contains(name)) << line;
  for (const auto& [name, value] : line.items()) {
    EXPECT_TRUE(name == "check" || definition["properties"].contains(name)) << name << " in " << line;
  }
}

TEST(RecordingSchema, HasEveryFieldOfARecordedSession) {
  const auto schema = json::parse(read_file(source_file("docs/recording.schema.json")));
  const WorkingFolder folder;
  folder.write(
      "a.txt",
      "mode_211\nestablish_context\nlist_readers\ncard_connect\nselect\nopen_sc -security 51 -key "
      "404142434445464748494A4B4C4D4E4F\nsend_apdu -sc 1 -APDU 80D8000003010203\nget_status -element 80\n"
      "select -AID A000000000000001\n");
  ASSERT_EQ(folder.run({"--card", "virtual:scp03-i70", "--record", "a.jsonl", "a.txt"}).exit_code, 1);
  std::istringstream in(read_file(folder.path("a.jsonl")));
  std::set<std::string> seen;
  for (std::string text; std::getline(in, text);) {
    const auto line = json::parse(text);
    const auto* definition = definition_of(line, schema);
    ASSERT_NE(definition, nullptr) << text;
    expect_fields(line, *definition);
    seen.insert(line.value("event", "header"));
  }
  EXPECT_EQ(seen, (std::set<std::string>{"header", "command", "readers", "connection", "exchange",
                                         "unwrapped", "result", "end"}));
}

}  // namespace
}  // namespace gpsh::test
