// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/manage_channel.h"

#include <algorithm>

#include "virtualcard/status_words.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::uint8_t kOpen = 0x00;
constexpr std::uint8_t kClose = 0x80;

/// The channel to open: P2, or for 00 the first that is closed. Nothing when it is open, or all are.
std::optional<std::size_t> channel_to_open(std::uint8_t p2, const Card& card) {
  const auto first = card.channels.begin() + 1;
  const auto last = first + static_cast<std::ptrdiff_t>(card.profile.supplementary_channels);
  if (p2 != 0x00 && card.channels.at(p2)) return std::nullopt;
  if (p2 != 0x00) return p2;
  const auto found = std::find_if(first, last, [](const auto& session) { return !session; });
  if (found == last) return std::nullopt;
  return static_cast<std::size_t>(found - card.channels.begin());
}

ResponseApdu open_channel(std::uint8_t p2, Card& card) {
  if (card.locked()) return answer(kFunctionNotSupported);
  const auto number = channel_to_open(p2, card);
  if (!number) return answer(kFunctionNotSupported);
  // Opened from a supplementary channel, the new one begins where that one is (ISO/IEC 7816-4, 7.1.2).
  const auto aid = card.channel == 0 ? card.profile.card.implicitly_selected(*number) : card.selected();
  card.select(aid, *number);
  return answer(Bytes{static_cast<std::uint8_t>(*number)});
}

ResponseApdu close_channel(std::uint8_t p2, Card& card) {
  if (p2 == 0x00) return answer(kIncorrectP1P2);
  auto& session = card.channels.at(p2);
  if (!session) return answer(kChannelAlreadyClosed);
  session.reset();
  return answer(kSuccess);
}

}  // namespace

ResponseApdu manage_channel(const CommandApdu& command, Card& card) {
  if ((command.cla & kSecureMessagingBit) != 0) return answer(kSecureMessagingNotSupported);
  if (card.profile.supplementary_channels == 0) return answer(kLogicalChannelNotSupported);
  if (command.p1 != kOpen && command.p1 != kClose) return answer(kIncorrectP1P2);
  if (!command.data.empty()) return answer(kWrongLength);
  if (command.p2 > card.profile.supplementary_channels) return answer(kIncorrectP1P2);
  return command.p1 == kOpen ? open_channel(command.p2, card) : close_channel(command.p2, card);
}

}  // namespace gpsh::virtualcard
