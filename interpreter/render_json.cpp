// SPDX-License-Identifier: Apache-2.0
#include "interpreter/render_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace gpsh::interpreter {
namespace {

using Json = nlohmann::ordered_json;

Json diagnostic_json(const Diagnostic& diagnostic, const Source& source) {
  Json json{{"code", diagnostic.code},
            {"severity", severity_word(diagnostic.severity)},
            {"message", diagnostic.text},
            {"facts", diagnostic.facts},
            {"advice", diagnostic.advice}};
  if (!diagnostic.span) return json;
  const auto start = source.character_position(diagnostic.span->offset);
  const auto end = source.character_position(diagnostic.span->offset + diagnostic.span->length);
  json["line"] = start.line;
  json["column"] = start.column;
  json["end_column"] = end.column;
  return json;
}

Json script_json(const BoundScript& script) {
  Json diagnostics = Json::array();
  for (const auto& diagnostic : script.diagnostics)
    diagnostics.push_back(diagnostic_json(diagnostic, script.source));
  return {{"file", script.source.name()},
          {"commands", script.lines.size()},
          {"errors", count(script.diagnostics, Severity::error)},
          {"warnings", count(script.diagnostics, Severity::warning)},
          {"notes", count(script.diagnostics, Severity::note)},
          {"diagnostics", diagnostics}};
}

}  // namespace

std::string render_json(const std::vector<BoundScript>& scripts) {
  Json files = Json::array();
  for (const auto& script : scripts) files.push_back(script_json(script));
  // A script may hold bytes that are no UTF-8; they become the replacement character.
  return Json{{"files", files}}.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace gpsh::interpreter
