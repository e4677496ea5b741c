// SPDX-License-Identifier: Apache-2.0
#include "interpreter/refused_in_channel.h"

#include <fmt/format.h>

#include "interpreter/checks/raw_commands.h"

namespace gpsh::interpreter {
namespace {

constexpr auto kImplicitIsOver =
    "its C-MAC was wrong, or the application, its privileges or its state do not allow it; the implicit "
    "channel "
    "is over, so open_sc again before the next command";

std::string advice(const gp::ChannelInfo& channel) {
  const auto level = fmt::format("level {} ({})", channel.level.value(), channel.level.text());
  if (channel.level.c_decryption()) {
    return fmt::format(
        "the channel is open at {}, so none is missing: the application, its privileges or its state do not "
        "allow this command",
        level);
  }
  return fmt::format(
      "the channel is open at {}: the application may want -security 3, or its privileges or its state do "
      "not "
      "allow this command",
      level);
}

}  // namespace

std::optional<Error> refused_in_channel(const BoundLine& line, const CommandResult& result,
                                        const gp::CardSession* card) {
  constexpr StatusWord kNotSatisfied{0x6982};
  const auto* answered = std::get_if<ApduAnswered>(&result);
  const auto* raw = line.command ? checks::raw_apdu_of(*line.command) : nullptr;
  const auto* channel = card != nullptr ? card->channel() : nullptr;
  const bool open = channel != nullptr || (card != nullptr && card->channel_lost());
  if (answered == nullptr || raw == nullptr || !open) return std::nullopt;
  if (raw->wrapping == Wrapping::off || answered->response.sw != kNotSatisfied) return std::nullopt;
  return Error(
      {.kind = ErrorKind::card,
       .code = "card-status",
       .message = "the command was refused in the open channel: 6982, security status not satisfied",
       .advice = channel != nullptr ? advice(*channel) : kImplicitIsOver,
       .exchange = Exchange{.command = "the command", .apdu = raw->apdu.bytes, .sw = answered->response.sw}});
}

}  // namespace gpsh::interpreter
