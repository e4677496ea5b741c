// SPDX-License-Identifier: Apache-2.0
#include "sessions/logged_selection.h"

#include <algorithm>

#include "core/apdu.h"
#include "core/error.h"
#include "core/tlv.h"
#include "gp/card_data.h"
#include "gp/detection.h"
#include "gp/scp02.h"

namespace gpsh::sessions {
namespace {

constexpr std::uint8_t kSelect = 0xA4;
constexpr std::uint8_t kByName = 0x04;
constexpr std::uint8_t kGetData = 0xCA;
constexpr std::uint8_t kCardData = 0x66;
constexpr std::uint8_t kSequenceCounter = 0xC1;
constexpr std::size_t kCounterBytes = 2;
constexpr std::size_t kHeaderBytes = 4;
constexpr std::size_t kStatusWordBytes = 2;
constexpr StatusWord kCardLocked{0x6283};

bool is_select(const CommandApdu& command) {
  return (command.cla & 0x80) == 0 && command.ins == kSelect && command.p1 == kByName;
}

bool is_get_card_data(const CommandApdu& command) {
  return command.ins == kGetData && command.p1 == 0x00 && command.p2 == kCardData;
}

bool is_get_sequence_counter(const CommandApdu& command) {
  return command.ins == kGetData && command.p1 == 0x00 && command.p2 == kSequenceCounter;
}

std::optional<Bytes> counter_in(ByteView data) {
  if (data.size() == kCounterBytes) return to_bytes(data);
  const bool tagged =
      data.size() == 2 + kCounterBytes && data[0] == kSequenceCounter && data[1] == kCounterBytes;
  return tagged ? std::optional(to_bytes(data.last(kCounterBytes))) : std::nullopt;
}

std::optional<CommandApdu> parsed(ByteView bytes) {
  if (bytes.size() < kHeaderBytes) return std::nullopt;
  try {
    return CommandApdu::parse(bytes);
  } catch (const Error&) {
    return std::nullopt;
  }
}

std::optional<std::uint8_t> scp02_implementation(ByteView fci_or_66) {
  try {
    const gp::Detection found{.fci = gp::announced_protocols(fci_or_66)};
    if (const auto announced = found.implementation(gp::Scp02::kNumber)) return announced->i;
  } catch (const Error&) {
    // The card may put there what it likes.
  }
  return std::nullopt;
}

std::optional<Aid> aid_in(ByteView fci) {
  try {
    const auto name = find_path(fci, {0x6F, 0x84}, "FCI");
    return name ? Aid::from_bytes(name->value) : std::nullopt;
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

void LoggedSelection::exchange(ByteView command_bytes, ByteView response_bytes) {
  const auto command = parsed(command_bytes);
  if (!command || response_bytes.size() < kStatusWordBytes) return;
  const auto response = ResponseApdu::parse(response_bytes);
  if (is_select(*command)) {
    const bool selected = response.sw.ok() || response.sw == kCardLocked || response.sw.sw1() == 0x61;
    if (selected) select(command->data, response.data);
  } else if (is_get_card_data(*command) && response.sw.ok()) {
    in_card_data_ = scp02_implementation(response.data);
  } else if (is_get_sequence_counter(*command) && response.sw.ok()) {
    sequence_counter_ = counter_in(response.data);
  }
}

void LoggedSelection::select(ByteView typed, ByteView fci) {
  applications_.clear();
  for (const auto& name : {aid_in(fci), Aid::from_bytes(typed)}) {
    if (name && std::ranges::find(applications_, *name) == applications_.end()) {
      applications_.push_back(*name);
    }
  }
  in_fci_ = scp02_implementation(fci);
  in_card_data_.reset();
  sequence_counter_.reset();
}

}  // namespace gpsh::sessions
