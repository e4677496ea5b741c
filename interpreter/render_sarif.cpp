// SPDX-License-Identifier: Apache-2.0
#include "interpreter/render_sarif.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>

#include "interpreter/checks/codes.h"

namespace gpsh::interpreter {
namespace {

using Json = nlohmann::ordered_json;

std::string rule_id(std::string_view code) {
  return fmt::format("gpsh.{}", code);
}

Json rule_json(const checks::Code& code) {
  return {{"id", rule_id(code.code)},
          {"shortDescription", {{"text", code.meaning}}},
          {"help", {{"text", fmt::format("{}.", code.remedy)}}},
          {"defaultConfiguration", {{"level", severity_word(code.severity)}}}};
}

/// A path as a URI reference (RFC 3986): what is not unreserved, and no slash, in percent form. SARIF wants
/// a scheme before a path from the root (section 3.4.3).
std::string uri_of(std::string_view path) {
  std::string uri = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = byte < 0x80 && (std::isalnum(byte) != 0 ||
                                       std::string_view("-._~/").find(c) != std::string_view::npos);
    uri += plain ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return uri;
}

Json location_json(const Diagnostic& diagnostic, const Source& source) {
  Json physical{{"artifactLocation", {{"uri", uri_of(source.name())}}}};
  if (diagnostic.span) {
    const auto start = source.character_position(diagnostic.span->offset);
    const auto end = source.character_position(diagnostic.span->offset + diagnostic.span->length);
    physical["region"] = {{"startLine", start.line},
                          {"startColumn", start.column},
                          {"endLine", end.line},
                          {"endColumn", end.column}};
  }
  return {{"physicalLocation", physical}};
}

std::string message_of(const Diagnostic& diagnostic) {
  auto text = diagnostic.text;
  for (const auto& fact : diagnostic.facts) text += "; " + fact;
  return diagnostic.advice.empty() ? text : text + "; advice: " + diagnostic.advice;
}

/// Where the code's rule stands in the list of rules.
std::size_t rule_index(std::string_view code) {
  const auto table = checks::code_table();
  return static_cast<std::size_t>(std::ranges::find(table, code, &checks::Code::code) - table.begin());
}

Json result_json(const Diagnostic& diagnostic, const Source& source) {
  return {{"ruleId", rule_id(diagnostic.code)},
          {"ruleIndex", rule_index(diagnostic.code)},
          {"level", severity_word(diagnostic.severity)},
          {"message", {{"text", message_of(diagnostic)}}},
          {"locations", Json::array({location_json(diagnostic, source)})}};
}

}  // namespace

std::string render_sarif(const std::vector<BoundScript>& scripts, std::string_view version) {
  Json rules = Json::array();
  for (const auto& code : checks::code_table()) rules.push_back(rule_json(code));
  Json results = Json::array();
  for (const auto& script : scripts) {
    for (const auto& diagnostic : script.diagnostics)
      results.push_back(result_json(diagnostic, script.source));
  }
  const Json driver{{"name", "gpsh"}, {"version", version}, {"rules", rules}};
  const Json run{{"tool", {{"driver", driver}}}, {"columnKind", "unicodeCodePoints"}, {"results", results}};
  const Json log{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                 {"version", "2.1.0"},
                 {"runs", Json::array({run})}};
  return log.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace gpsh::interpreter
