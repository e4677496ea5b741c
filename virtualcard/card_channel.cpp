// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/card_channel.h"

#include <variant>

#include "virtualcard/aes_crypto.h"
#include "virtualcard/status_words.h"

namespace gpsh::virtualcard {
namespace {

/// GPCS 2.3.1 E.5.1.4 and AmdD 7.1.1.4 want 00. SCP01 has a key identifier there (D.4.1.4), and the three
/// keys of a set begin with 01.
bool right_p2(const SecureChannelOptions& options, std::uint8_t p2) {
  return p2 == 0x00 || (options.protocol == Protocol::scp01 && p2 == 0x01);
}

}  // namespace

ResponseApdu CardChannel::initialize_update(const CommandApdu& command, const ChannelOwner& owner,
                                            RandomSource& random) {
  *this = CardChannel();  // the attempt alone ends a session, open or aborted (E.1.6)
  auto* keys = owner.domain.find_key_set(command.p1);
  if (!right_p2(keys != nullptr ? owner.profile.options_of(*keys) : owner.default_options(), command.p2)) {
    return answer(kIncorrectP1P2);
  }
  if (keys == nullptr) return answer(kReferencedDataNotFound);
  const auto& options = owner.profile.options_of(*keys);
  if (command.data.size() != options.mac_bytes()) return answer(kWrongLength);
  if (owner.authentication_blocked()) return answer(kAuthenticationBlocked);
  // The counter never wraps (E.1.2, AmdD 6.2.2.1): a key set whose counter is used up opens no session any
  // more.
  if (options.has_sequence_counter() && keys->sequence_counter >= options.last_sequence_counter()) {
    return answer(kConditionsNotSatisfied);
  }
  owner.count_authentication(CountAt::initialize_update);

  auto proposal = propose_session(
      {.owner = owner, .options = options, .keys = *keys, .host_challenge = command.data}, random);
  protocol_ = std::move(proposal.protocol);
  expected_host_cryptogram_ = std::move(proposal.host_cryptogram);
  options_ = options;
  key_version_ = keys->version;
  static_dek_ = keys->dek;
  state_ = State::initiated;
  return answer(std::move(proposal.answer));
}

ResponseApdu CardChannel::external_authenticate(const CommandApdu& command, const ChannelOwner& owner) {
  if (state_ != State::initiated) return answer(kConditionsNotSatisfied);
  state_ = State::closed;  // until everything is verified
  const auto level = options_.level(command.p1);
  if (!level || command.p2 != 0x00) return answer(kIncorrectP1P2);
  if (command.data.size() != 2 * options_.mac_bytes()) return answer(kWrongLength);

  auto unwrapped = unwrap_at(command, SecurityLevel::c_mac);
  // SCP02's counter follows the first valid C-MAC, before the command itself is looked at (E.1.2).
  if (auto* keys = owner.domain.find_key_set(key_version_);
      unwrapped && keys != nullptr && options_.protocol == Protocol::scp02) {
    ++keys->sequence_counter;
  }
  const auto host_cryptogram = ByteView(command.data).first(options_.mac_bytes());
  const bool genuine = equal_in_constant_time(host_cryptogram, expected_host_cryptogram_);
  if (!genuine || !unwrapped) {
    owner.count_authentication(CountAt::external_authenticate);
    return answer(genuine ? kSecurityNotSatisfied : kHostCryptogramWrong);
  }
  owner.domain.failed_authentications = 0;
  level_ = *level;
  state_ = State::open;
  if (auto* scp02 = std::get_if<Scp02Card>(&*protocol_); scp02 != nullptr && has_r_mac(level_)) {
    scp02->begin_response_macs();
  }
  return answer(kSuccess);
}

std::optional<CommandApdu> CardChannel::unwrap_at(const CommandApdu& command, SecurityLevel level) {
  return std::visit([&](auto& protocol) { return protocol.unwrap(command, level); }, *protocol_);
}

std::optional<CommandApdu> CardChannel::unwrap(const CommandApdu& command, const ChannelOwner& owner) {
  pending_ = ResponseProtection::none;
  if (!owner.default_options().explicit_initiation()) return unwrap_implicit(command, owner);
  if (state_ == State::aborted) return std::nullopt;
  if (state_ != State::open) return command;
  auto unwrapped = unwrap_at(command, level_);
  if (unwrapped && refused_padding(command, *unwrapped, owner.profile)) unwrapped.reset();
  if (unwrapped) {
    pending_ = current_protection();
  } else {
    *this = CardChannel();
    state_ = State::aborted;
  }
  return unwrapped;
}

/// Padding instead of no data. SCP02 is silent about it, SCP01 and SCP03 encrypt nothing (GPCS 2.3.1 D.3.4,
/// AmdD 6.2.6).
bool CardChannel::refused_padding(const CommandApdu& command, const CommandApdu& unwrapped,
                                  const Profile& profile) const {
  return !profile.tolerance.padded_empty_data && has_c_decryption(level_) && unwrapped.data.empty() &&
         command.data.size() > options_.mac_bytes();
}

SensitiveData CardChannel::sensitive_data() const {
  if (const auto* scp02 = std::get_if<Scp02Card>(&*protocol_)) {
    const auto mode = options_.explicit_initiation() ? SensitiveData::Mode::triple_des_ecb
                                                     : SensitiveData::Mode::triple_des_cbc;
    return {mode, scp02->data_encryption_key()};
  }
  const bool aes = options_.protocol == Protocol::scp03;
  return {aes ? SensitiveData::Mode::aes_cbc : SensitiveData::Mode::triple_des_ecb, static_dek_};
}

ResponseProtection CardChannel::current_protection() const {
  if (r_mac_session_) return *r_mac_session_;
  if (has_r_encryption(level_)) return ResponseProtection::r_encryption_r_mac;
  return has_r_mac(level_) ? ResponseProtection::r_mac : ResponseProtection::none;
}

ResponseApdu CardChannel::protect(const CommandApdu& command, const ResponseApdu& response) {
  if (pending_ == ResponseProtection::none) return response;
  if (auto* scp02 = std::get_if<Scp02Card>(&*protocol_)) return scp02->protect(command, response, pending_);
  if (auto* scp03 = std::get_if<Scp03Card>(&*protocol_)) return scp03->protect(response, pending_);
  return response;  // SCP01 has no R-MAC
}

std::size_t CardChannel::response_capacity() const {
  constexpr std::size_t kShortResponse = CommandApdu::kShortMaximum;
  if (pending_ == ResponseProtection::none || pending_ == ResponseProtection::counted_in) {
    return kShortResponse;
  }
  const auto room = kShortResponse - options_.mac_bytes();
  if (pending_ == ResponseProtection::r_mac) return room;
  return room - room % kAesBlockBytes - 1;  // at least one byte of padding
}

}  // namespace gpsh::virtualcard
