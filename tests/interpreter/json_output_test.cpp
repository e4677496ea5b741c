// SPDX-License-Identifier: Apache-2.0
// --format json: docs/json-output.md is a script with its output, and is run; then what the page cannot show.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "gp/privileges.h"
#include "tests/interpreter/script_run.h"
#include "tests/interpreter/scripted_access.h"
#include "tests/interpreter/written_file.h"
#include "tests/support/small_cap.h"
#include "tests/support/test_data.h"
#include "virtualcard/virtual_reader.h"

namespace gpsh::test {
namespace {

using interpreter::OutputFormat;
using nlohmann::ordered_json;

constexpr std::string_view kIndent = "    ";

std::vector<ordered_json> objects_of(const std::string& out) {
  std::vector<ordered_json> objects;
  std::istringstream in(out);
  for (std::string line; std::getline(in, line);) objects.push_back(ordered_json::parse(line));
  return objects;
}

/// The latest year that fits a card's date grows with the calendar.
void forget_dates(ordered_json& json) {
  if (json.is_object()) json.erase("date");
  for (auto& inner : json) {
    if (inner.is_structured()) forget_dates(inner);
  }
}

/// The indented lines of the page, outside its fenced blocks: script lines, and JSON that may go over several
/// lines.
struct Page {
  std::string script;
  std::vector<ordered_json> objects;
};

Page read_page(const std::string& cap) {
  Page page;
  std::string json;
  bool fenced = false;
  std::istringstream in(read_file(source_file("docs/json-output.md")));
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("```")) fenced = !fenced;
    if (fenced || !line.starts_with(kIndent) || line.starts_with("    gpsh ")) continue;
    line.erase(0, kIndent.size());
    if (json.empty() && !line.starts_with("{")) {
      if (const auto at = line.find("hello.cap"); at != std::string::npos) line.replace(at, 9, cap);
      page.script += line + "\n";
      continue;
    }
    json += line;
    if (!ordered_json::accept(json)) continue;
    page.objects.push_back(ordered_json::parse(json));
    json.clear();
  }
  EXPECT_EQ(json, "");
  return page;
}

ScriptRun run_as_json(const std::string& script, CardAccess& access, ScriptOptions options = {}) {
  options.format = OutputFormat::json;
  return run_text(script, access, options);
}

TEST(JsonOutput, PageShowsWhatIsPrinted) {
  const WrittenFile cap("hello.cap", SmallCap().zipped());
  const auto page = read_page(cap.path());
  virtualcard::SystemRandom challenges;
  virtualcard::VirtualReader access(virtualcard::load_profile("generic-scp02"), challenges);
  const auto run = run_as_json(page.script, access);
  auto printed = objects_of(run.out);
  ASSERT_EQ(printed.size(), page.objects.size()) << run.out << run.err;
  for (std::size_t n = 0; n < printed.size(); ++n) {
    auto shown = page.objects[n];
    forget_dates(shown);
    forget_dates(printed[n]);
    EXPECT_EQ(printed[n].dump(), shown.dump());
  }
}

const std::string kConnect = "mode_211\nestablish_context\ncard_connect\n";

std::vector<ordered_json> run_on(const ScriptedConnection& card, const std::string& lines,
                                 const ScriptOptions& options = {.checked = false}) {
  ScriptedAccess access(card);
  const auto run = run_as_json(kConnect + lines, access, options);
  auto objects = objects_of(run.out);
  objects.erase(objects.begin(), objects.begin() + 3);
  return objects;
}

TEST(JsonOutput, ARefusalHasStatusWordAndGpshellsCode) {
  const auto objects = run_on(ScriptedConnection().expect("80CA9F7F00", "6A88"),
                              "get_data -identifier 9F7F\ncard_disconnect\n");
  ASSERT_EQ(objects.size(), 1U);
  EXPECT_EQ(
      objects[0].dump(),
      R"({"line":4,"command":"get_data","status":"failed","error":{"code":"card-status","message":)"
      R"("GET DATA was refused: 6A88, referenced data not found","advice":"the card has no such object; )"
      R"(most need none of it","sw":"6A88",)"
      R"("gpshell_code":"0x80206A88"},"apdus":1,"bytes_sent":5,"bytes_received":2,"result":{}})");
}

TEST(JsonOutput, WhatMayFailIsPassedOver) {
  const auto objects = run_on(
      ScriptedConnection().expect("80CA9F7F00", "6A88").expect("80E400000A4F08A00000000300000000", "6A88"),
      "get_data -identifier 9F7F -noStop\nmode_201\ndelete -AID A000000003000000\nexit\n");
  ASSERT_EQ(objects.size(), 4U);
  EXPECT_EQ(objects[0]["status"], "passed_over");
  EXPECT_EQ(objects[2]["status"], "passed_over");
  EXPECT_EQ(objects[2]["error"]["sw"], "6A88");
  EXPECT_EQ(objects[3]["status"], "ok");
}

TEST(JsonOutput, LinesThatAreNoCommandsAreToldToo) {
  const auto unknown =
      run_on({}, "frobnicate\n", {.strictness = interpreter::Strictness::lenient, .checked = false});
  ASSERT_EQ(unknown.size(), 1U);
  EXPECT_EQ(unknown[0]["command"], "frobnicate");
  EXPECT_EQ(unknown[0]["status"], "passed_over");
  EXPECT_EQ(unknown[0]["error"]["code"], "unknown-command");
  const auto mistyped = run_on({}, "select -aid A0\n");
  ASSERT_EQ(mistyped.size(), 1U);
  EXPECT_EQ(mistyped[0]["status"], "failed");
  EXPECT_EQ(mistyped[0]["error"]["code"], "unknown-option");
}

TEST(JsonOutput, FailuresWithoutACodeOfGpshellHaveNone) {
  const auto objects = run_on({}, "put_dm_token_keys\n");
  ASSERT_EQ(objects.size(), 1U);
  EXPECT_EQ(objects[0]["error"]["code"], "missing-option");
  EXPECT_FALSE(objects[0]["error"].contains("gpshell_code"));
}

TEST(JsonOutput, AStepOfInstallKeepsItsCode) {
  const auto objects = run_on({}, "install -file no-such-file.cap\n");
  ASSERT_EQ(objects.size(), 1U);
  EXPECT_EQ(objects[0]["error"]["gpshell_code"], "0x00000002");
}

TEST(JsonOutput, TraceAndTimeStandInTheirCommandsObject) {
  const auto objects = run_on(ScriptedConnection().expect("80CA00C100", "C10200019000"),
                              "enable_trace\nenable_timer\nget_data -identifier C1\n");
  ASSERT_EQ(objects.size(), 3U);
  EXPECT_FALSE(objects[1].contains("trace"));
  EXPECT_EQ(objects[2]["milliseconds"], 0);
  EXPECT_EQ(objects[2]["trace"],
            ordered_json({"Command --> 80CA00C100", "Wrapped command --> 80CA00C100",
                          "Response <-- C10200019000", "Unwrapped response <-- C10200019000"}));
}

TEST(JsonOutput, DeletedKeysAreNamed) {
  const auto objects = run_on(ScriptedConnection().expect("80E4008006D00102D2010500", "009000"),
                              "delete_key -keyver 5 -keyind 2\n");
  ASSERT_EQ(objects.size(), 1U);
  EXPECT_EQ(objects[0]["result"].dump(), R"({"key_version":5,"key_identifier":2})");
}

TEST(JsonOutput, KeysAreNotInIt) {
  const std::string key = "0123456789ABCDEF0123456789ABCDE0";
  const auto card =
      ScriptedConnection().expect("80CA006600", "6A88").expect("8050000008000102030405060700", "6985");
  const auto objects = run_on(card, "open_sc -key " + key + "\n",
                              {.secrets = interpreter::SecretDisplay::shown, .checked = false});
  ASSERT_EQ(objects.size(), 1U);
  EXPECT_EQ(objects[0]["error"]["sw"], "6985");
  EXPECT_EQ(objects[0].dump().find(key), std::string::npos);
}

/// What get_data says of one data object.
ordered_json decoded(const std::string& tag, const std::string& answer) {
  const auto p1p2 = tag.size() == 2 ? "00" + tag : tag;
  const auto objects = run_on(ScriptedConnection().expect("80CA" + p1p2 + "00", answer + "9000"),
                              "get_data -identifier " + tag + "\n");
  EXPECT_EQ(objects.size(), 1U);
  return objects.at(0)["result"]["decoded"];
}

TEST(JsonData, SmallObjects) {
  EXPECT_EQ(decoded("42", "42044790123F").dump(),
            R"({"issuer_identification_number":{"value":"4790123F","digits":"4790123"}})");
  EXPECT_EQ(decoded("45", "4502ABCD").dump(), R"({"card_image_number":{"value":"ABCD"}})");
  EXPECT_EQ(decoded("C1", "C103000102").dump(), R"({"sequence_counter":258})");
  EXPECT_EQ(decoded("C2", "C2020003").dump(), R"({"confirmation_counter":3})");
  EXPECT_EQ(decoded("CF", "CF0A00010203040506070809").dump(),
            R"({"diversification_data":"00010203040506070809"})");
  EXPECT_EQ(
      decoded("FF21", "FF210B8101028202040083020100").dump(),
      R"({"card_resources":{"applications":2,"free_non_volatile_bytes":1024,"free_volatile_bytes":256}})");
}

TEST(JsonData, UnknownObjectsAreATree) {
  EXPECT_EQ(decoded("70", "700A 5A0212 34 7F4903860104").dump(),
            R"({"objects":[{"tag":"70","objects":[{"tag":"5A","value":"1234"},)"
            R"({"tag":"7F49","objects":[{"tag":"86","value":"04"}]}]}]})");
}

TEST(JsonData, WhatCannotBeReadIsNull) {
  for (const auto* tag : {"9F7F", "66", "67", "E0", "2F00", "FF21", "70"}) {
    EXPECT_TRUE(decoded(tag, "E105").is_null()) << tag;
  }
}

TEST(JsonPrivileges, FollowTheSpecificationAndNotGpshell) {
  EXPECT_EQ(
      gp::specified_privilege_names(0xC10000),
      (std::vector<std::string_view>{"Security Domain", "DAP Verification", "Mandated DAP Verification"}));
  EXPECT_EQ(gp::specified_privilege_names(0xD00000),
            (std::vector<std::string_view>{"Security Domain", "DAP Verification", "Card Lock"}));
}

}  // namespace
}  // namespace gpsh::test
