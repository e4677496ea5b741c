// SPDX-License-Identifier: Apache-2.0
#include "interpreter/seen_aids.h"

#include <algorithm>

#include "core/apdu.h"
#include "core/error.h"
#include "core/tlv.h"
#include "gp/registry.h"

namespace gpsh::interpreter {
namespace {

constexpr std::uint8_t kSelect = 0xA4;
constexpr std::uint8_t kGetStatus = 0xF2;
constexpr std::uint8_t kDelete = 0xE4;
constexpr std::size_t kInsAt = 1;
constexpr std::uint32_t kAidTag = 0x4F;
constexpr std::uint8_t kTlvFormat = 0x02;
constexpr std::uint16_t kMoreFollows = 0x6310;

}  // namespace

bool SeenAids::contains(const Aid& aid) const {
  return std::ranges::find(aids_, aid) != aids_.end();
}

std::vector<std::string> SeenAids::texts() const {
  std::vector<std::string> all;
  for (const auto& aid : aids_) all.push_back(aid.text());
  return all;
}

void SeenAids::command_started(const StartedCommand& command) {
  if (command.text.starts_with("card_connect")) aids_.clear();
}

void SeenAids::command(ByteView plain, ByteView, Framing) {
  asked_ = to_bytes(plain);
}

void SeenAids::unwrapped(ByteView plain) {
  if (asked_.size() <= kInsAt) return;
  // Whoever needs the answer says what is wrong with it; nothing can be learned from it then.
  try {
    const auto response = ResponseApdu::parse(plain);
    if (response.sw.ok() || response.sw.value() == kMoreFollows) learn(response.data);
  } catch (const Error&) {
    return;
  }
}

void SeenAids::learn(ByteView data) {
  const auto asked = CommandApdu::parse(asked_);
  if (asked.ins == kSelect) {
    const auto name = data.empty() ? std::nullopt : find_path(data, {0x6F, 0x84}, "the SELECT response");
    add(name ? name->value : ByteView(asked.data));
  } else if (asked.ins == kGetStatus) {
    const bool tlv = (asked.p2 & kTlvFormat) != 0;
    const auto entries = gp::parse_registry(
        data, {.element = asked.p1, .format = tlv ? gp::ListingFormat::tlv : gp::ListingFormat::aid_state});
    for (const auto& entry : entries) {
      add(entry.aid);
      for (const auto& module : entry.modules) add(module);
    }
  } else if (asked.ins == kDelete) {
    remove_deleted(asked.data);
  }
}

void SeenAids::add(ByteView bytes) {
  const auto aid = Aid::from_bytes(bytes);
  if (aid && aid->registered_length() && !contains(*aid)) aids_.push_back(*aid);
}

void SeenAids::remove_deleted(ByteView command_data) {
  const auto named = find_tlv(read_tlvs(command_data, "the DELETE command"), kAidTag);
  const auto aid = named ? Aid::from_bytes(named->value) : std::nullopt;
  if (aid) std::erase(aids_, *aid);
}

}  // namespace gpsh::interpreter
