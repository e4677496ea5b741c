// SPDX-License-Identifier: Apache-2.0
// SCP02 with implicit initiation (GPCS 2.3.1 E.1.2.2, and the second half of E.1.6).
#include <variant>

#include "virtualcard/card_channel.h"

namespace gpsh::virtualcard {

std::optional<CommandApdu> CardChannel::unwrap_implicit(const CommandApdu& command,
                                                        const ChannelOwner& owner) {
  std::optional<CommandApdu> unwrapped = command;
  if ((command.cla & kSecureMessagingBit) == 0) {
    // The session goes on, but the next C-MAC begins another one.
    level_ = SecurityLevel::authenticated;
  } else if (state_ == State::open && has_c_mac(level_)) {
    unwrapped = unwrap_at(command, SecurityLevel::c_mac);
    if (!unwrapped) {
      level_ = SecurityLevel::authenticated;
      state_ = State::closed;  // an R-MAC session outlives it
    }
  } else {
    unwrapped = initiate_implicitly(command, owner);
  }
  // A command with a wrong MAC is no part of an R-MAC session: it was never accepted.
  if (unwrapped) pending_ = current_protection();
  return unwrapped;
}

std::optional<CommandApdu> CardChannel::initiate_implicitly(const CommandApdu& command,
                                                            const ChannelOwner& owner) {
  state_ = State::closed;
  options_ = owner.default_options();
  auto& keys = *owner.domain.find_key_set(0x00);
  if (owner.authentication_blocked() || keys.sequence_counter >= options_.last_sequence_counter()) {
    return std::nullopt;
  }
  if (protocol_) {
    std::get<Scp02Card>(*protocol_).restart(keys);
  } else {
    protocol_ = Scp02Card(keys, options_.i, owner.aid);
  }
  auto unwrapped = unwrap_at(command, SecurityLevel::c_mac);
  if (!unwrapped) {
    owner.count_authentication(CountAt::external_authenticate);
    return std::nullopt;
  }
  ++keys.sequence_counter;
  owner.domain.failed_authentications = 0;
  key_version_ = keys.version;
  level_ = SecurityLevel::c_mac;
  state_ = State::open;
  return unwrapped;
}

}  // namespace gpsh::virtualcard
