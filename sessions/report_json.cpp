// SPDX-License-Identifier: Apache-2.0
#include "sessions/report_json.h"

#include "gp/protocol_choice.h"
#include "gp/security_level.h"
#include "sessions/explain_text.h"
#include "sessions/recording_json.h"

namespace gpsh::sessions {
namespace {

using nlohmann::ordered_json;

ordered_json json_of(const WireCost& cost) {
  return {{"apdus", cost.apdus}, {"sent", cost.sent}, {"received", cost.received}};
}

ordered_json json_of(const ShownApdu& apdu) {
  auto parts = ordered_json::array({to_hex(apdu.bytes)});
  if (apdu.hidden > 0) {
    parts.push_back(apdu.hidden);
    parts.push_back(to_hex(apdu.rest));
  }
  return parts;
}

ordered_json json_of(const ShownApdus& apdus) {
  auto object = ordered_json::object();
  const auto add = [&object](const char* name, const ShownApdu& apdu) {
    if (apdu != ShownApdu{}) object[name] = json_of(apdu);
  };
  add("command", apdus.wire_command);
  add("response", apdus.wire_response);
  add("plain_command", apdus.plain_command);
  add("plain_response", apdus.plain_response);
  return object;
}

std::string_view word_of(AnswerKind kind) {
  switch (kind) {
    case AnswerKind::good: return "good";
    case AnswerKind::warning: return "warning";
    case AnswerKind::refused: return "refused";
    case AnswerKind::missing: break;
  }
  return "missing";
}

std::string_view word_of(ProblemKind kind) {
  switch (kind) {
    case ProblemKind::wrong: return "wrong";
    case ProblemKind::failed: return "failed";
    case ProblemKind::refused: return "refused";
    case ProblemKind::remark: return "remark";
    case ProblemKind::passed: break;
  }
  return "passed";
}

ordered_json json_of(const ReportedExchange& exchange) {
  auto object = ordered_json::parse(explain_json(exchange.explained));
  object["status"] = exchange.wrong.empty() ? word_of(answer_kind(exchange.explained)) : "wrong";
  object["apdus"] = json_of(exchange.explained.apdus);
  object["cost"] = json_of(exchange.cost);
  if (!exchange.wrong.empty()) object["wrong"] = exchange.wrong;
  return object;
}

ordered_json json_of(const ReportedCommand& command) {
  ordered_json object = {{"kind", "command"}, {"line", command.script_line}, {"text", command.text}};
  if (!command.result) return object;
  object["result"] = command.result->code.empty() ? "ok" : command.result->code;
  if (command.result->sw) object["sw"] = command.result->sw->text();
  return object;
}

ordered_json json_of(const ReportedFailure& failure) {
  return {{"kind", "failure"}, {"line", failure.line}, {"text", failure.message}, {"advice", failure.advice}};
}

ordered_json json_of(const ExplainedRemark& remark) {
  return ordered_json::parse(explain_json(remark));
}

ordered_json json_of(const ConnectionInfo& card) {
  return {{"reader", card.reader}, {"atr", to_hex(card.atr)}, {"protocol", protocol_text(card.protocol)}};
}

ordered_json json_of(const Tally& tally) {
  return {{"total", tally.total}, {"verified", tally.verified}};
}

ordered_json json_of(const ChannelVerdict& verdict) {
  ordered_json object = {{"line", verdict.line},
                         {"protocol", gp::protocol_name(verdict.protocol)},
                         {"key_version", to_hex(verdict.key_version)},
                         {"keys", verdict.keys},
                         {"right", verdict.right()},
                         {"commands", json_of(verdict.commands)}};
  if (verdict.i) object["i"] = to_hex(*verdict.i);
  if (verdict.level) {
    object["level"] = to_hex(*verdict.level);
    object["level_text"] = gp::SecurityLevel(*verdict.level).text();
  }
  if (verdict.responses) object["responses"] = json_of(*verdict.responses);
  return object;
}

ordered_json json_of(const ReportProblem& problem) {
  ordered_json object = {{"kind", word_of(problem.kind)}, {"title", problem.title}, {"text", problem.text}};
  if (problem.entry) object["entry"] = *problem.entry;
  return object;
}

template <typename List>
ordered_json json_list(const List& list) {
  auto all = ordered_json::array();
  for (const auto& each : list) all.push_back(json_of(each));
  return all;
}

void add_header(const RecordingHeader& header, ordered_json& object) {
  if (header.script) object["script"] = *header.script;
  if (!header.script_sha256.empty()) object["script_sha256"] = header.script_sha256;
  object["recorded_by"] = header.gpsh;
  if (header.imported_from) object["tool"] = *header.imported_from;
}

}  // namespace

ordered_json report_json(const SessionReport& report) {
  ordered_json object = {{"file", report.file},
                         {"tool", report.summary.tool},
                         {"recording", report.header.has_value()},
                         {"cards", json_list(report.cards)},
                         {"ended", report.ended},
                         {"channels", json_list(report.channels)},
                         {"cost", json_of(report.cost)}};
  if (report.header) add_header(*report.header, object);
  if (report.exit_code) object["exit"] = *report.exit_code;
  if (report.duration) object["us"] = report.duration->count();
  object["problems"] = json_list(problems_of(report));
  auto entries = ordered_json::array();
  for (const auto& entry : report.entries) {
    entries.push_back(std::visit([](const auto& each) { return json_of(each); }, entry));
  }
  object["entries"] = std::move(entries);
  return object;
}

ordered_json report_json(const std::vector<ExchangePair>& pairs) {
  auto list = ordered_json::array();
  for (const auto& pair : pairs) {
    ordered_json object = {{"same", pair.same()}};
    if (pair.first) object["a"] = *pair.first;
    if (pair.second) object["b"] = *pair.second;
    auto differences = ordered_json::array();
    for (const auto& [name, first, second] : pair.differences) differences.push_back({name, first, second});
    if (!differences.empty()) object["differences"] = std::move(differences);
    list.push_back(std::move(object));
  }
  return list;
}

}  // namespace gpsh::sessions
