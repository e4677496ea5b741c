// SPDX-License-Identifier: Apache-2.0
#include "interpreter/plain_command_advice.h"

#include <fmt/format.h>

#include "gp/secure_messaging.h"
#include "interpreter/checks/raw_commands.h"

namespace gpsh::interpreter {
namespace {

bool has_c_mac(const gp::CardSession* card) {
  const auto* channel = card != nullptr ? card->channel() : nullptr;
  return channel != nullptr && channel->level.c_mac();
}

bool sent_as_it_is(const BoundLine& line) {
  const auto* raw = line.command ? checks::raw_apdu_of(*line.command) : nullptr;
  return raw != nullptr && raw->wrapping == Wrapping::off && gp::without_secure_messaging(raw->apdu.bytes);
}

}  // namespace

void PlainCommands::before(const gp::CardSession* card) {
  open_before_ = has_c_mac(card);
}

void PlainCommands::after(const BoundLine& line, std::size_t number, const gp::CardSession* card) {
  const bool opened = line.command && std::holds_alternative<OpenSc>(*line.command);
  if (opened || !has_c_mac(card)) {
    sent_ = false;
  } else if (!sent_ && open_before_ && sent_as_it_is(line)) {
    sent_ = true;
    line_ = number;
  }
}

void PlainCommands::text_ended() {
  line_.reset();
}

Error PlainCommands::with_advice(const Error& error, const gp::CardSession* card) const {
  constexpr StatusWord kNotSatisfied{0x6982};
  const auto& exchange = error.facts().exchange;
  const bool refused = error.code() == "card-status" && exchange && exchange->sw == kNotSatisfied;
  if (!refused || !sent_ || !has_c_mac(card)) return error;
  auto facts = error.facts();
  facts.advice = fmt::format("the plain command {} ended the channel: send it with -sc 1, or open_sc again",
                             line_ ? fmt::format("of line {}", *line_) : "that was sent before");
  return Error(std::move(facts));
}

}  // namespace gpsh::interpreter
