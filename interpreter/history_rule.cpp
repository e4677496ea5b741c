// SPDX-License-Identifier: Apache-2.0
#include "interpreter/history_rule.h"

#include <algorithm>
#include <array>

#include "interpreter/hex_run.h"

namespace gpsh::interpreter {
namespace {

constexpr std::size_t kHeaderAndLength = 5;
constexpr std::size_t kInsAt = 1;
/// INITIALIZE UPDATE, MANAGE CHANNEL, SELECT, READ BINARY and RECORD, GET RESPONSE, GET DATA, GET STATUS.
constexpr std::array<std::uint8_t, 9> kAsking = {0x50, 0x70, 0xA4, 0xB0, 0xB2, 0xC0, 0xCA, 0xCB, 0xF2};
/// The hex digits of the shortest key.
constexpr std::size_t kKeyDigits = 32;

bool harmless(const RawApdu& raw) {
  const auto& bytes = raw.apdu.bytes;
  return bytes.size() <= kHeaderAndLength || std::ranges::find(kAsking, bytes.at(kInsAt)) != kAsking.end();
}

bool harmless(const auto&) {
  return true;
}
bool harmless(const SendApdu& command) {
  return harmless(command.raw);
}
bool harmless(const SendApduNostop& command) {
  return harmless(command.raw);
}
bool harmless(const StoreData& command) {
  return command.data.bytes.empty();
}

}  // namespace

bool may_be_remembered(const Source& source, const BoundLine& line) {
  if (!line.secrets.empty()) return false;
  // A line that is no command may hold anything, so nothing is kept that is as long as a key.
  if (!line.command) return longest_hex_run(source.text(line.line_span)) < kKeyDigits;
  return std::visit([](const auto& command) { return harmless(command); }, *line.command);
}

}  // namespace gpsh::interpreter
