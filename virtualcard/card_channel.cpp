// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/card_channel.h"

#include <limits>

#include "virtualcard/status_words.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::size_t kHostChallengeBytes = 8;
constexpr std::size_t kCardChallengeBytes = 6;
constexpr std::size_t kAuthenticationBytes = 16;
constexpr std::uint8_t kScp02 = 0x02;
constexpr std::uint8_t kPseudoRandomBit = 0x40;

bool locked(const Profile& profile) {
  const auto limit = profile.authentication.limit;
  return limit != 0 && profile.card.failed_authentications >= limit;
}

void count(Profile& profile, CountAt where) {
  if (profile.authentication.count_at == where) ++profile.card.failed_authentications;
}

std::optional<SecurityLevel> security_level(std::uint8_t p1) {
  switch (p1) {
    case 0x00: return SecurityLevel::authenticated;
    case 0x01: return SecurityLevel::c_mac;
    case 0x03: return SecurityLevel::c_decryption_c_mac;
    default: return std::nullopt;
  }
}

}  // namespace

ResponseApdu CardChannel::initialize_update(const CommandApdu& command, Profile& profile,
                                            RandomSource& random) {
  *this = CardChannel();  // the attempt alone ends a session, open or aborted (E.1.6)
  if (command.p2 != 0x00) return answer(kIncorrectP1P2);
  if (command.data.size() != kHostChallengeBytes) return answer(kWrongLength);
  if (locked(profile)) return answer(kAuthenticationBlocked);
  const auto* keys = profile.card.find_key_set(command.p1);
  if (keys == nullptr) return answer(kReferencedDataNotFound);
  // The counter never wraps (E.1.2): a key set whose counter is used up opens no session any more.
  if (keys->sequence_counter == std::numeric_limits<std::uint16_t>::max()) {
    return answer(kConditionsNotSatisfied);
  }
  count(profile, CountAt::initialize_update);

  protocol_.emplace(*keys);
  const bool pseudo_random = (profile.scp02_options & kPseudoRandomBit) != 0;
  const auto card_challenge =
      pseudo_random ? protocol_->pseudo_random_challenge(profile.card.issuer_security_domain.aid)
                    : random.bytes(kCardChallengeBytes);
  expected_host_cryptogram_ = protocol_->host_cryptogram(command.data, card_challenge);
  key_version_ = keys->version;
  state_ = State::initiated;

  auto data = profile.diversification_data;
  append(data, {key_version_, kScp02, static_cast<std::uint8_t>(keys->sequence_counter >> 8),
                static_cast<std::uint8_t>(keys->sequence_counter)});
  append(data, card_challenge);
  append(data, protocol_->card_cryptogram(command.data, card_challenge));
  return answer(data);
}

ResponseApdu CardChannel::external_authenticate(const CommandApdu& command, Profile& profile) {
  if (state_ != State::initiated) return answer(kConditionsNotSatisfied);
  state_ = State::closed;  // until everything is verified
  const auto level = security_level(command.p1);
  if (!level || command.p2 != 0x00) return answer(kIncorrectP1P2);
  if (command.data.size() != kAuthenticationBytes) return answer(kWrongLength);

  const auto unwrapped = protocol_->unwrap(command, SecurityLevel::c_mac);
  // The counter follows the first valid C-MAC, before the command itself is looked at (E.1.2).
  if (auto* keys = profile.card.find_key_set(key_version_); unwrapped && keys != nullptr) {
    ++keys->sequence_counter;
  }
  const auto host_cryptogram = ByteView(command.data).first(kHostChallengeBytes);
  const bool genuine = equal_in_constant_time(host_cryptogram, expected_host_cryptogram_);
  if (!genuine || !unwrapped) {
    count(profile, CountAt::external_authenticate);
    return answer(genuine ? kSecurityNotSatisfied : kHostCryptogramWrong);
  }
  profile.card.failed_authentications = 0;
  level_ = *level;
  state_ = State::open;
  return answer(kSuccess);
}

std::optional<CommandApdu> CardChannel::unwrap(const CommandApdu& command) {
  if (state_ == State::aborted) return std::nullopt;
  if (state_ != State::open) return command;
  auto unwrapped = protocol_->unwrap(command, level_);
  if (!unwrapped) state_ = State::aborted;
  return unwrapped;
}

}  // namespace gpsh::virtualcard
