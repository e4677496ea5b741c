// SPDX-License-Identifier: Apache-2.0
#include "sessions/replay_report.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>
#include <sstream>

namespace gpsh::sessions {
namespace {

using nlohmann::ordered_json;

std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

std::string dumped(const ordered_json& value, int indent) {
  return value.dump(indent, ' ', false, ordered_json::error_handler_t::replace);
}

/// Without what could steer a terminal, and what XML has no way to write.
std::string printable(std::string text) {
  std::ranges::replace_if(
      text, [](unsigned char c) { return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7F; }, '.');
  return text;
}

std::string seconds(std::chrono::microseconds duration) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.6f", static_cast<double>(duration.count()) / 1e6);
  return text.data();
}

std::chrono::microseconds total(const std::vector<ReplayOutcome>& outcomes) {
  std::chrono::microseconds sum{};
  for (const auto& outcome : outcomes) sum += outcome.duration;
  return sum;
}

void set(pugi::xml_node node, const char* name, const std::string& value) {
  node.append_attribute(name).set_value(printable(value).c_str());
}

void add_test_case(pugi::xml_node suite, const ReplayOutcome& outcome) {
  const std::filesystem::path path(outcome.file);
  const auto folder = path.parent_path().generic_string();
  auto test = suite.append_child("testcase");
  set(test, "classname", folder.empty() ? "." : folder);
  set(test, "name", path.filename().string());
  set(test, "time", seconds(outcome.duration));
  if (outcome.passed()) return;
  auto failure = test.append_child("failure");
  set(failure, "message", first_line(outcome.message));
  set(failure, "type", outcome.reason);
  failure.text().set(printable(outcome.message).c_str());
}

}  // namespace

std::size_t passed_count(const std::vector<ReplayOutcome>& outcomes) {
  return static_cast<std::size_t>(std::ranges::count_if(outcomes, &ReplayOutcome::passed));
}

std::string replay_summary(const std::vector<ReplayOutcome>& outcomes) {
  const auto passed = passed_count(outcomes);
  return std::to_string(passed) + " passed, " + std::to_string(outcomes.size() - passed) + " failed";
}

std::string replay_text(const std::vector<ReplayOutcome>& outcomes) {
  std::string text;
  for (const auto& outcome : outcomes) {
    if (outcome.passed()) {
      text += "ok    " + outcome.file + "\n";
    } else {
      text += "FAIL  " + outcome.file + " [" + outcome.reason + "]\n  " + printable(outcome.message) + "\n";
    }
  }
  return text + replay_summary(outcomes) + "\n";
}

std::string replay_tap(const std::vector<ReplayOutcome>& outcomes) {
  auto text = "TAP version 13\n1.." + std::to_string(outcomes.size()) + "\n";
  std::size_t number = 0;
  for (const auto& outcome : outcomes) {
    auto name = first_line(outcome.file);
    std::ranges::replace(name, '#', '_');  // a directive would follow it
    text += (outcome.passed() ? "ok " : "not ok ") + std::to_string(++number) + " - " + name + "\n";
    if (outcome.passed()) continue;
    // JSON strings are YAML's too.
    text += "  ---\n  message: " + dumped(outcome.message, -1) +
            "\n  severity: fail\n  reason: " + dumped(outcome.reason, -1) + "\n  ...\n";
  }
  return text + "# " + replay_summary(outcomes) + "\n";
}

std::string replay_json(const std::vector<ReplayOutcome>& outcomes) {
  ordered_json all = {{"recordings", ordered_json::array()}};
  for (const auto& outcome : outcomes) {
    ordered_json one = {{"file", outcome.file}, {"status", outcome.passed() ? "passed" : "failed"}};
    one["reason"] = outcome.passed() ? ordered_json() : ordered_json(outcome.reason);
    one["message"] = outcome.passed() ? ordered_json() : ordered_json(outcome.message);
    one["us"] = outcome.duration.count();
    all["recordings"].push_back(std::move(one));
  }
  all["passed"] = passed_count(outcomes);
  all["failed"] = outcomes.size() - passed_count(outcomes);
  return dumped(all, 2) + "\n";
}

std::string replay_junit(const std::vector<ReplayOutcome>& outcomes, const ReplayRun& run) {
  pugi::xml_document document;
  auto declaration = document.append_child(pugi::node_declaration);
  set(declaration, "version", "1.0");
  set(declaration, "encoding", "UTF-8");
  auto suite = document.append_child("testsuites").append_child("testsuite");
  set(suite, "name", "gpsh replay");
  set(suite, "package", "gpsh");
  set(suite, "id", "0");
  set(suite, "timestamp", run.timestamp);
  set(suite, "hostname", run.host);
  set(suite, "tests", std::to_string(outcomes.size()));
  set(suite, "failures", std::to_string(outcomes.size() - passed_count(outcomes)));
  set(suite, "errors", "0");
  set(suite, "time", seconds(total(outcomes)));
  // Ant's schema wants these three, also empty, and in this order.
  suite.append_child("properties");
  for (const auto& outcome : outcomes) add_test_case(suite, outcome);
  suite.append_child("system-out");
  suite.append_child("system-err");
  std::ostringstream text;
  document.save(text, "  ");
  return text.str();
}

}  // namespace gpsh::sessions
