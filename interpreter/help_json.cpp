// SPDX-License-Identifier: Apache-2.0
#include "interpreter/checks/codes.h"
#include "interpreter/command_table.h"
#include "interpreter/commands.h"
#include "interpreter/diagnostic.h"
#include "interpreter/help.h"
#include "interpreter/json_values.h"
#include "interpreter/run_codes/run_codes.h"

namespace gpsh::interpreter {
namespace {

Json option_json(const OptionInfo& option) {
  Json json{{"name", option.name}, {"help", option.help}};
  json["takes_value"] = option.arity == Arity::one_value;
  if (option.arity == Arity::one_value) json["value"] = option.kind;
  if (!option.default_text.empty()) json["default"] = option.default_text;
  if (option.secrecy == Secrecy::secret) json["secret"] = true;
  for (const auto& choice : option.choices)
    json["usual_values"].push_back({{"value", choice.text}, {"help", choice.help}});
  return json;
}

Json command_json(const CommandInfo& command) {
  Json json{{"command", command.name}, {"summary", command.summary}, {"example", command.example}};
  json["options"] = Json::array();
  if (command.rest != Rest::options) return json;
  for (const auto& option : command.options) json["options"].push_back(option_json(option));
  json["options"].push_back({{"name", kNoStop}, {"help", kNoStopHelp}, {"takes_value", false}});
  return json;
}

Json code_json(const checks::Code& code) {
  Json json{{"code", code.code}, {"severity", severity_word(code.severity)}, {"meaning", code.meaning}};
  if (!code.causes.empty()) json["causes"] = code.causes;
  json["remedy"] = code.remedy;
  json["example"] = code.example;
  return json;
}

std::string lines_of(const Json& json) {
  return json.dump(2) + "\n";
}

}  // namespace

std::string help_json() {
  auto commands = Json::array();
  for (const auto& command : command_table()) commands.push_back(command_json(command));
  return lines_of(commands);
}

std::string codes_json() {
  auto codes = Json::array();
  for (const auto& code : checks::code_table()) codes.push_back(code_json(code));
  return lines_of(codes);
}

std::string run_codes_json() {
  auto codes = Json::array();
  for (const auto& topic : run_codes::topics())
    for (const auto& code : topic.codes) codes.push_back(code_json(code));
  return lines_of(codes);
}

std::optional<std::string> help_json(const std::string& name) {
  if (const auto* command = find_command(name)) return lines_of(command_json(*command));
  if (const auto* code = checks::find_code(name)) return lines_of(code_json(*code));
  return std::nullopt;
}

}  // namespace gpsh::interpreter
