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
/// Nothing longer stays of a line whose command nobody can guess.
constexpr std::size_t kPartOfAKey = 8;

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

/// Whether what follows the command's name may be a PIN, a key or data for the card, however it is written.
bool takes_data(std::string_view command) {
  constexpr std::array<std::string_view, 3> kStarts = {"send_apdu", "store_data", "put_"};
  return std::ranges::any_of(kStarts, [&](auto start) { return command.starts_with(start); });
}

/// Of a line that is written wrongly.
bool may_be_remembered(std::string_view text, std::string_view command) {
  if (takes_data(command)) return false;
  return longest_hex_run(text) < (command.empty() ? kPartOfAKey : kKeyDigits);
}

}  // namespace

bool may_be_remembered(const Source& source, const BoundLine& line) {
  if (!line.secrets.empty()) return false;
  if (!line.command)
    return may_be_remembered(source.text(line.line_span),
                             line.info != nullptr ? line.info->name : line.meant);
  return std::visit([](const auto& command) { return harmless(command); }, *line.command);
}

}  // namespace gpsh::interpreter
