// SPDX-License-Identifier: Apache-2.0
#include "interpreter/json_values.h"
#include "interpreter/reader_list.h"
#include "interpreter/readers_summary.h"

namespace gpsh::interpreter {
namespace {

std::string_view status_text(ReaderStatus status) {
  switch (status) {
    case ReaderStatus::no_card: return "no_card";
    case ReaderStatus::not_started: return "not_started";
    case ReaderStatus::good: return "good";
    case ReaderStatus::failed: break;
  }
  return "failed";
}

}  // namespace

std::string reader_list_json(const std::vector<ReaderInfo>& readers) {
  auto list = Json::array();
  for (const auto& reader : readers) {
    auto& json = list.emplace_back(Json{{"number", list.size() + 1}, {"name", reader.name}});
    json["card"] = !reader.atr.empty();
    if (!reader.atr.empty()) json["atr"] = to_hex(reader.atr);
  }
  return list.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string readers_summary_json(const std::vector<ReaderReport>& reports) {
  std::string lines;
  for (const auto& report : reports) {
    Json json{{"reader", report.reader.name}};
    if (!report.reader.atr.empty()) json["atr"] = to_hex(report.reader.atr);
    json["run"] = status_text(report.status);
    if (report.status == ReaderStatus::good || report.status == ReaderStatus::failed) {
      json["exit_code"] = report.run.exit_code;
      if (report.run.failure) json["code"] = report.run.failure->code();
      json["milliseconds"] = report.spent.count();
      json["apdus"] = report.run.cost.apdus;
      json["bytes_sent"] = report.run.cost.sent;
      json["bytes_received"] = report.run.cost.received;
    }
    lines += json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  }
  return lines;
}

}  // namespace gpsh::interpreter
