// SPDX-License-Identifier: Apache-2.0
#include "sessions/explain_pages.h"

#include <algorithm>
#include <utility>

#include "core/error.h"
#include "gp/registry.h"

namespace gpsh::sessions {
namespace {

constexpr std::uint8_t kGetData = 0xCA;
constexpr std::uint8_t kGetStatus = 0xF2;
constexpr std::uint8_t kNext = 0x01;
constexpr std::uint8_t kAsTlv = 0x02;
constexpr StatusWord kMoreData{0x6310};
constexpr std::size_t kMostKept = 65536;

bool is_registry(const CommandApdu& command, ByteView data) {
  const auto format = (command.p2 & kAsTlv) != 0 ? gp::ListingFormat::tlv : gp::ListingFormat::aid_state;
  try {
    static_cast<void>(gp::parse_registry(data, {.element = command.p1, .format = format}));
    return true;
  } catch (const Error&) {
    return false;
  }
}

/// The longest front that is whole entries. An entry is no longer than an answer.
std::size_t whole_entries(const CommandApdu& command, ByteView data) {
  if (command.ins != kGetStatus) return 0;
  constexpr std::size_t kLongestEntry = 256;
  for (std::size_t cut = 0; cut <= std::min(kLongestEntry, data.size()); ++cut) {
    const auto size = data.size() - cut;
    if (is_registry(command, data.first(size))) return size;
  }
  return data.size();
}

}  // namespace

bool AnswerPages::continues(const CommandApdu& command) const {
  if (!asked_ || command.ins != asked_->ins || command.p1 != asked_->p1) return false;
  if (command.ins == kGetStatus) return (command.p2 & kNext) != 0;
  return command.p2 == asked_->p2;
}

std::size_t AnswerPages::join(const CommandApdu& command, ResponseApdu& response) {
  const bool paged = (command.cla & 0x80) != 0 && (command.ins == kGetStatus || command.ins == kGetData);
  if (paged && continues(command)) {
    rest_.insert(rest_.end(), response.data.begin(), response.data.end());
    response.data = std::move(rest_);
  }
  rest_.clear();
  asked_.reset();
  if (!paged || response.sw != kMoreData) return 0;
  asked_ = CommandApdu{.cla = command.cla, .ins = command.ins, .p1 = command.p1, .p2 = command.p2};
  const auto whole = whole_entries(command, response.data);
  if (response.data.size() - whole > kMostKept) return 0;
  rest_ = to_bytes(ByteView(response.data).subspan(whole));
  response.data.resize(whole);
  return rest_.size();
}

}  // namespace gpsh::sessions
