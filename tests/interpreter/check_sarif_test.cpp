// SPDX-License-Identifier: Apache-2.0
// gpsh check --format sarif, held to SARIF 2.1.0 (OASIS Standard, 27 March 2020).
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <set>

#include "interpreter/checks/codes.h"
#include "interpreter/render_sarif.h"
#include "tests/interpreter/checked.h"

namespace gpsh::test {
namespace {

using nlohmann::json;

const std::string kUmlaut = "card_connect -reader \"\xC3\x84rger\" -readerNumber 1\n";

std::vector<interpreter::BoundScript> scripts(const std::string& text) {
  std::vector<interpreter::BoundScript> all;
  all.push_back(bound(text));
  return all;
}

/// Section 3.30: lines and columns count from 1, and the end is not before the start.
void expect_region(const json& region) {
  for (const auto* property : {"startLine", "startColumn", "endLine", "endColumn"}) {
    ASSERT_TRUE(region.at(property).is_number_integer()) << region;
    EXPECT_GE(region[property], 1) << region;
  }
  EXPECT_GE(std::pair(region["endLine"], region["endColumn"]),
            std::pair(region["startLine"], region["startColumn"]))
      << region;
}

/// Section 3.4.3: a URI reference; RFC 3986 names its characters.
void expect_uri(const std::string& uri) {
  constexpr auto kAllowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/%:";
  EXPECT_FALSE(uri.empty());
  EXPECT_EQ(uri.find_first_not_of(kAllowed), std::string::npos) << uri;
  for (auto at = uri.find('%'); at != std::string::npos; at = uri.find('%', at + 1))
    EXPECT_EQ(uri.find_first_not_of("0123456789ABCDEF", at + 1), at + 3) << uri;
}

/// Sections 3.27 (result), 3.28 (location) and 3.29 (physicalLocation).
void expect_result(const json& result, const json& rules) {
  EXPECT_FALSE(result.at("message").at("text").get<std::string>().empty()) << result;
  EXPECT_TRUE(result.at("level") == "error" || result["level"] == "warning" || result["level"] == "note");
  const std::size_t index = result.at("ruleIndex");
  ASSERT_LT(index, rules.size()) << result;
  EXPECT_EQ(rules[index].at("id"), result.at("ruleId"));
  for (const auto& location : result.at("locations")) {
    const auto& place = location.at("physicalLocation");
    expect_uri(place.at("artifactLocation").at("uri"));
    if (place.contains("region")) expect_region(place["region"]);
  }
}

/// Sections 3.13 (sarifLog), 3.14 (run), 3.18 (tool), 3.19 (driver) and 3.49 (reportingDescriptor).
void expect_valid(const json& log) {
  EXPECT_EQ(log.at("version"), "2.1.0");
  expect_uri(log.at("$schema"));
  for (const auto& run : log.at("runs")) {
    EXPECT_TRUE(run.at("columnKind") == "unicodeCodePoints" || run["columnKind"] == "utf16CodeUnits");
    const auto& driver = run.at("tool").at("driver");
    EXPECT_FALSE(driver.at("name").get<std::string>().empty());
    std::set<std::string> ids;
    for (const auto& rule : driver.at("rules")) {
      EXPECT_TRUE(ids.insert(rule.at("id")).second) << rule;
      for (const auto* property : {"shortDescription", "help"})
        EXPECT_FALSE(rule.at(property).at("text").get<std::string>().empty()) << rule;
    }
    for (const auto& result : run.at("results")) expect_result(result, driver["rules"]);
  }
}

TEST(CheckSarif, EveryCodesExampleMakesAValidLog) {
  for (const auto& code : interpreter::checks::code_table()) {
    const auto log = json::parse(interpreter::render_sarif(scripts(std::string(code.example)), "1"));
    expect_valid(log);
    EXPECT_FALSE(log["runs"][0]["results"].empty() && code.example.find(".cap") == std::string_view::npos)
        << code.code;
  }
  expect_valid(json::parse(interpreter::render_sarif(scripts("mode_211\n"), "1")));
  expect_valid(json::parse(interpreter::render_sarif({}, "1")));
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
  expect_valid(log);
}

TEST(CheckSarif, APathFromTheRootHasItsScheme) {
  std::vector<interpreter::BoundScript> one;
  one.push_back(interpreter::check(interpreter::Source("/tmp/a%.txt", ""), no_environment,
                                   interpreter::Strictness::strict, interpreter::SecretDisplay::masked));
  const auto log = json::parse(interpreter::render_sarif(one, "1"));
  EXPECT_EQ(log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
            "file:///tmp/a%25.txt");
  expect_valid(log);
}

}  // namespace
}  // namespace gpsh::test
