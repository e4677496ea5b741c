// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/segmented_command.h"

#include "virtualcard/status_words.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::uint8_t kMoreCommands = 0x80;
constexpr std::uint8_t kPutKey = 0xD8;
constexpr std::uint8_t kDelete = 0xE4;
constexpr std::uint8_t kInstall = 0xE6;

bool may_be_segmented(std::uint8_t ins) {
  return ins == kPutKey || ins == kDelete || ins == kInstall;
}

/// Its own C-MAC is right; the session does not notice the question.
bool stands_alone(const CommandApdu& command, Card& card) {
  auto trial = card.session().channel;
  return trial.unwrap(command, card.channel_owner()).has_value();
}

}  // namespace

bool more_segments_follow(const CommandApdu& command) {
  return may_be_segmented(command.ins) && (command.p1 & kMoreCommands) != 0;
}

std::variant<CommandApdu, ResponseApdu> join_segments(const CommandApdu& command, Card& card) {
  auto& chain = card.session().chain;
  const bool more = (command.p1 & kMoreCommands) != 0;
  const auto& channel = card.session().channel;
  const bool secured = has_c_mac(channel.security_level());
  const bool protected_as_a_whole = secured || channel.protects_responses();
  if (!protected_as_a_whole || !may_be_segmented(command.ins) || (!more && !chain.begun())) return command;
  if (secured && stands_alone(command, card)) return command;
  const auto joined = chain.join(command, more ? CommandChain::Position::more : CommandChain::Position::last);
  if (const auto* refused = std::get_if<StatusWord>(&joined)) return answer(*refused);
  if (more) return answer(kSuccess);
  return std::get<CommandApdu>(joined);
}

}  // namespace gpsh::virtualcard
