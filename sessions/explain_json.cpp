// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "sessions/explain_text.h"

namespace gpsh::sessions {
namespace {

using nlohmann::ordered_json;

ordered_json json_of(const ExplainedFields& fields) {
  auto list = ordered_json::array();
  for (const auto& field : fields) {
    ordered_json object = {{"name", field.name}};
    if (!field.value.empty()) object["value"] = field.value;
    if (!field.meaning.empty()) object["meaning"] = field.meaning;
    if (!field.inside.empty()) object["fields"] = json_of(field.inside);
    list.push_back(std::move(object));
  }
  return list;
}

std::string dumped(const ordered_json& object) {
  return object.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace

std::string explain_json(const ExplainedExchange& exchange) {
  ordered_json object = {{"kind", "exchange"},
                         {"line", exchange.line},
                         {"name", exchange.name},
                         {"command", json_of(exchange.command)},
                         {"channel", exchange.channel},
                         {"sw", exchange.sw ? ordered_json(exchange.sw->text()) : ordered_json()},
                         {"meaning", exchange.meaning},
                         {"advice", exchange.advice},
                         {"response", json_of(exchange.response)}};
  if (!exchange.steps.empty()) object["steps"] = json_of(exchange.steps);
  if (exchange.duration) object["us"] = exchange.duration->count();
  return dumped(object);
}

std::string explain_json(const ExplainedRemark& remark) {
  return dumped(
      {{"kind", "remark"}, {"line", remark.line}, {"text", remark.text}, {"advice", remark.advice}});
}

}  // namespace gpsh::sessions
