// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/virtual_card.h"

#include <string>
#include <utility>

#include "core/error.h"
#include "virtualcard/application_commands.h"
#include "virtualcard/domain_commands.h"
#include "virtualcard/manage_channel.h"
#include "virtualcard/select.h"
#include "virtualcard/status_words.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::uint8_t kManageChannel = 0x70;
constexpr std::uint8_t kGetData = 0xCA;
constexpr std::uint8_t kGetDataOdd = 0xCB;
constexpr std::uint8_t kChannelBits = 0x03;

/// What OPEN refuses by the class byte alone (GPCS 2.3.1 section 11.1.4).
std::optional<StatusWord> refused_class(std::uint8_t cla) {
  if (cla == 0xFF) return kInvalidClass;
  if ((cla & 0x40) != 0) return kLogicalChannelNotSupported;  // channels 4 to 19
  if ((cla & 0x20) != 0) return kInvalidClass;
  if ((cla & 0x10) != 0) return kSegmentedCommandingNotSupported;
  return std::nullopt;
}

std::optional<CommandApdu> parse(ByteView apdu) {
  try {
    return CommandApdu::parse(apdu);
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

VirtualCard::VirtualCard(Profile profile, RandomSource& random)
    : card_{.profile = std::move(profile), .random = random} {
  card_.reset();
}

Bytes VirtualCard::transmit(ByteView apdu) {
  const auto command = parse(apdu);
  return (command ? process(*command) : answer(kWrongLength)).encode();
}

void VirtualCard::reset() {
  card_.reset();
}

ConnectionInfo VirtualCard::describe() const {
  return {.reader = std::string(kReaderName), .protocol = card_.profile.protocol(), .atr = card_.profile.atr};
}

ResponseApdu VirtualCard::process(CommandApdu command) {
  if (const auto refused = refused_class(command.cla)) return answer(*refused);
  const std::size_t channel = command.cla & kChannelBits;
  if (!card_.channels.at(channel)) return answer(kLogicalChannelNotSupported);
  if ((command.cla & 0x08) != 0) return answer(kSecureMessagingNotSupported);  // that of ISO/IEC 7816-4
  card_.channel = channel;
  // Behind OPEN the channel does not count, nor does it in a MAC (GPCS 2.3.1 E.4.4, AmdD 6.2.4).
  command.cla = static_cast<std::uint8_t>(command.cla & ~kChannelBits);
  return process_on_channel(command);
}

ResponseApdu VirtualCard::process_on_channel(const CommandApdu& command) {
  const bool global_platform = (command.cla & kGlobalPlatformBit) != 0;
  const bool gets_data = command.ins == kGetData || command.ins == kGetDataOdd;
  if (card_.terminated() && !gets_data) return answer(kConditionsNotSatisfied);
  if (is_select_by_name(command)) return select_by_name(command, card_);
  if (!global_platform && command.ins == kManageChannel) return manage_channel(command, card_);
  // A locked security domain rejects all commands (GPCS 2.3.1 section 5.3.2.4).
  const auto* selected = card_.profile.card.find_application(card_.selected());
  if (selected != nullptr && selected->domain && selected->locked()) return answer(kConditionsNotSatisfied);
  if (card_.locked() && card_.selected() != card_.profile.card.final_application()) {
    return answer(kConditionsNotSatisfied);
  }
  if (card_.selected_domain() != nullptr) return process_in_domain(command, card_);
  return process_in_application(command, card_);
}

}  // namespace gpsh::virtualcard
