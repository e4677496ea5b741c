// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/segmented_command.h"

#include <algorithm>
#include <array>
#include <utility>

#include "virtualcard/status_words.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::uint8_t kMoreCommands = 0x80;
constexpr std::uint8_t kGlobalPlatformClass = 0x80;
constexpr std::array<std::uint8_t, 3> kChainable{0xD8, 0xE4, 0xE6};  // PUT KEY, DELETE, INSTALL
constexpr std::size_t kMaxBytes = 4096;

bool more_follow(const CommandApdu& command) {
  const bool chainable = (command.cla & kGlobalPlatformClass) != 0 &&
                         std::ranges::find(kChainable, command.ins) != kChainable.end();
  return chainable && (command.p1 & kMoreCommands) != 0;
}

bool continues(const CommandApdu& begun, const CommandApdu& next) {
  return begun.cla == next.cla && begun.ins == next.ins && begun.p2 == next.p2 &&
         ((begun.p1 ^ next.p1) & ~kMoreCommands) == 0;
}

}  // namespace

SegmentedCommand::Step SegmentedCommand::add(const CommandApdu& segment) {
  const bool more = more_follow(segment);
  if (!begun_ && !more) return {.whole = segment};
  auto whole = std::exchange(begun_, std::nullopt);
  if (whole && !continues(*whole, segment)) return {.sw = kConditionsNotSatisfied};
  if (whole) {
    append(whole->data, segment.data);
  } else {
    whole = segment;
  }
  if (whole->data.size() > kMaxBytes) return {.sw = kIncorrectP1P2};
  whole->p1 = segment.p1;
  whole->le = segment.le;
  if (!more) return {.whole = std::move(whole)};
  begun_ = std::move(whole);
  return {.sw = kSuccess};
}

}  // namespace gpsh::virtualcard
