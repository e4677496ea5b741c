// SPDX-License-Identifier: Apache-2.0
#include "sessions/explain_text.h"

#include <chrono>

namespace gpsh::sessions {
namespace {

std::string place(std::string_view file, std::size_t line) {
  return line == 0 ? std::string() : std::string(file) + ":" + std::to_string(line) + ": ";
}

void append_fields(std::string& text, const ExplainedFields& fields, std::size_t indent) {
  for (const auto& field : fields) {
    text += std::string(indent, ' ') + field.name;
    if (!field.value.empty()) text += ": " + field.value;
    if (!field.meaning.empty()) {
      text += field.value.empty() ? ": " + field.meaning : " (" + field.meaning + ")";
    }
    text += "\n";
    append_fields(text, field.inside, indent + 2);
  }
}

std::string milliseconds(std::chrono::microseconds duration) {
  constexpr auto kPerMillisecond = 1000;
  const auto count = duration.count();
  if (count >= kPerMillisecond) return std::to_string(count / kPerMillisecond) + " ms";
  return std::to_string(count) + " us";
}

std::string answer(const ExplainedExchange& exchange) {
  return exchange.sw ? "answer " + exchange.sw->text() + ": " + exchange.meaning : exchange.meaning;
}

}  // namespace

std::string explain_text(const ExplainedExchange& exchange, std::string_view file) {
  auto text = place(file, exchange.line) + exchange.name;
  if (exchange.duration) text += ", " + milliseconds(*exchange.duration);
  text += "\n";
  append_fields(text, exchange.command, 2);
  for (const auto& sentence : exchange.channel) text += "  channel: " + sentence + "\n";
  if (!exchange.steps.empty()) text += "  cryptography\n";
  append_fields(text, exchange.steps, 4);
  text += "  " + answer(exchange) + "\n";
  for (const auto& sentence : exchange.advice) text += "    advice: " + sentence + "\n";
  append_fields(text, exchange.response, 4);
  return text;
}

std::string explain_text(const ExplainedRemark& remark, std::string_view file) {
  auto text = place(file, remark.line) + remark.text + "\n";
  if (!remark.advice.empty()) text += "    advice: " + remark.advice + "\n";
  return text;
}

}  // namespace gpsh::sessions
