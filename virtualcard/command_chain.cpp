// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/command_chain.h"

#include "virtualcard/status_words.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::uint8_t kChainingBit = 0x80;

bool same_header(const CommandApdu& a, const CommandApdu& b) {
  return a.cla == b.cla && a.ins == b.ins && (a.p1 | kChainingBit) == (b.p1 | kChainingBit) && a.p2 == b.p2;
}

}  // namespace

std::variant<CommandApdu, StatusWord> CommandChain::join(const CommandApdu& command, Position position) {
  if (begun_ && !same_header(joined_, command)) {
    abort();
    return kConditionsNotSatisfied;
  }
  auto joined = command;
  if (begun_) joined.data = concat({joined_.data, command.data});
  if (joined.data.size() > kMaxBytes) {
    abort();
    return kIncorrectP1P2;
  }
  begun_ = position == Position::more;
  joined_ = begun_ ? joined : CommandApdu();
  return joined;
}

}  // namespace gpsh::virtualcard
