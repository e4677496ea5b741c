// SPDX-License-Identifier: Apache-2.0
#include "gp/command_chaining.h"

#include <algorithm>

namespace gpsh::gp {
namespace {

constexpr std::uint8_t kMoreCommands = 0x80;

}  // namespace

std::vector<CommandApdu> cut(const CommandApdu& command, std::size_t most) {
  std::vector<CommandApdu> pieces;
  auto rest = ByteView(command.data);
  while (rest.size() > most) {
    auto piece = command;
    piece.p1 = static_cast<std::uint8_t>(command.p1 | kMoreCommands);
    piece.data = to_bytes(rest.first(most));
    piece.le.reset();
    pieces.push_back(std::move(piece));
    rest = rest.subspan(most);
  }
  auto last = command;
  last.data = to_bytes(rest);
  if (last.le) last.le = std::min(*last.le, CommandApdu::kShortMaximum);
  pieces.push_back(std::move(last));
  return pieces;
}

}  // namespace gpsh::gp
