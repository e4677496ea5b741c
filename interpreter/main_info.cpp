// SPDX-License-Identifier: Apache-2.0
#include "interpreter/main_info.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <nlohmann/json.hpp>

#include "interpreter/card_info.h"
#include "interpreter/main_card.h"
#include "interpreter/main_script.h"
#include "interpreter/remark_observer.h"

namespace gpsh::interpreter {
namespace {

using nlohmann::ordered_json;

constexpr std::uint8_t kSelect = 0xA4;
constexpr std::uint8_t kGetData = 0xCA;

int this_year() {
  const auto now = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  return static_cast<int>(std::chrono::year_month_day(now).year());
}

std::string protocol_text(TransmissionProtocol protocol) {
  return protocol == TransmissionProtocol::t0 ? "T=0" : "T=1";
}

std::string in_words(const InfoAnswer& answer) {
  auto head = answer.tag == "FCI" ? answer.name : fmt::format("{} {}", answer.tag, answer.name);
  const auto meaning = explain(answer.sw, answer.tag == "FCI" ? kSelect : kGetData).meaning;
  if (!answer.answered()) return fmt::format("{}: refused, {} ({})\n", head, answer.sw.text(), meaning);
  if (answer.sw.warning() && !answer.data.empty())
    head += fmt::format(", {} ({})", answer.sw.text(), meaning);
  if (answer.data.empty()) return fmt::format("{}: {}, no data\n", head, answer.sw.text());
  if (answer.flaw)
    return fmt::format("{}: {}\n  cannot be read: {}\n", head, to_hex(answer.data), *answer.flaw);
  auto text = head + "\n";
  for (const auto& field : answer.fields) {
    text += field.value.empty() ? fmt::format("  {}\n", field.name)
                                : fmt::format("  {}: {}\n", field.name, field.value);
  }
  return text;
}

ordered_json json_of(const InfoAnswer& answer) {
  ordered_json object = {{"tag", answer.tag},
                         {"name", answer.name},
                         {"sw", answer.sw.text()},
                         {"data", answer.data.empty() ? ordered_json() : ordered_json(to_hex(answer.data))}};
  auto& fields = object["fields"] = ordered_json::array();
  for (const auto& field : answer.fields) fields.push_back({{"name", field.name}, {"value", field.value}});
  if (answer.flaw) object["flaw"] = *answer.flaw;
  return object;
}

void show(const ConnectionInfo& card, const std::vector<InfoAnswer>& answers, const std::string& format) {
  if (format != "json") {
    std::cout << fmt::format("reader {}\nATR {} ({})\n", card.reader, to_hex(card.atr),
                             protocol_text(card.protocol));
    for (const auto& answer : answers) std::cout << in_words(answer);
    return;
  }
  ordered_json object = {
      {"reader", card.reader}, {"atr", to_hex(card.atr)}, {"protocol", protocol_text(card.protocol)}};
  auto& list = object["answers"] = ordered_json::array();
  for (const auto& answer : answers) list.push_back(json_of(answer));
  std::cout << object.dump(2, ' ', false, ordered_json::error_handler_t::replace) << "\n";
}

}  // namespace

int run_info(const CommandLine& line, DiagnosticSink& diagnostics) {
  auto card = open_card_source(line);
  RemarkObserver observer(diagnostics);
  card.access->establish_context();
  const auto connection = card.access->connect(
      {.reader = line.replay.empty() ? reader_of(line) : "", .reader_number = {}, .protocol = {}}, observer);
  const Transaction transaction(connection.get());
  gp::CardSession session(*connection, observer, *card.random, card.wire);
  const auto answers = read_card_info(session, this_year());
  show(connection->describe(), answers, line.format);
  std::cout.flush();
  return std::ranges::any_of(answers, &InfoAnswer::answered) ? 0 : 1;
}

}  // namespace gpsh::interpreter
