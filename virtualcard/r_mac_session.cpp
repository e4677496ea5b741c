// SPDX-License-Identifier: Apache-2.0
// BEGIN and END R-MAC SESSION (GPCS 2.3.1 E.5.3 and E.5.4, AmdD 7.1.3 and 7.1.4).
#include <variant>

#include "virtualcard/card_channel.h"
#include "virtualcard/status_words.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::uint8_t kBegin = 0x01;
constexpr std::uint8_t kReturnRMac = 0x01;
constexpr std::uint8_t kEndAndReturnRMac = 0x03;
constexpr std::size_t kMaxScp02Data = 24;

/// P1 of BEGIN R-MAC SESSION (GPCS 2.3.1 Table E-14, AmdD Table 7-9).
std::optional<ResponseProtection> protection(std::uint8_t p1, const SecureChannelOptions& options) {
  const bool scp02 = options.protocol == Protocol::scp02;
  if (p1 == 0x00 && scp02) return ResponseProtection::counted_in;
  if (p1 == 0x10) return ResponseProtection::r_mac;
  if (p1 == 0x30 && options.r_encryption_support()) return ResponseProtection::r_encryption_r_mac;
  return std::nullopt;
}

/// A length and as many bytes (GPCS 2.3.1 Table E-16). No data field at all is as good as a length of 0.
bool well_formed(ByteView data, const SecureChannelOptions& options) {
  if (data.empty()) return true;
  const std::size_t length = data.front();
  if (length != data.size() - 1) return false;
  return options.protocol != Protocol::scp02 || length <= kMaxScp02Data;
}

}  // namespace

bool CardChannel::conditions_for_r_mac_session(ResponseProtection wanted) const {
  if (r_mac_session_) return false;
  if (options_.protocol == Protocol::scp02) return !has_r_mac(level_);
  // AmdD 7.1.3.7.
  if (has_r_encryption(level_) || !has_c_mac(level_)) return false;
  return wanted == ResponseProtection::r_mac ? !has_r_mac(level_) : has_c_decryption(level_);
}

ResponseApdu CardChannel::begin_r_mac_session(const CommandApdu& command, const ChannelOwner& owner) {
  const auto& options = state_ == State::open ? options_ : owner.default_options();
  if (!options.r_mac_support()) return answer(kInvalidInstruction);
  if (state_ != State::open) return answer(kSecurityNotSatisfied);
  const auto wanted = protection(command.p1, options_);
  if (!wanted || command.p2 != kBegin) return answer(kIncorrectP1P2);
  if (!well_formed(command.data, options_)) return answer(kIncorrectData);
  if (!conditions_for_r_mac_session(*wanted)) return answer(kConditionsNotSatisfied);
  if (auto* scp02 = std::get_if<Scp02Card>(&*protocol_)) {
    // The key is of the counter as it is now (E.4.1); this pair is the first of the chain (E.4.5).
    const auto* keys = owner.domain.find_key_set(key_version_);
    if (keys == nullptr) return answer(kReferencedDataNotFound);
    scp02->begin_response_macs(keys->sequence_counter);
    scp02->count_in(command, answer(kSuccess));
  }
  r_mac_session_ = wanted;
  return answer(kSuccess);
}

ResponseApdu CardChannel::end_r_mac_session(const CommandApdu& command, const ChannelOwner& owner) {
  const auto& options = protocol_ ? options_ : owner.default_options();
  if (!options.r_mac_support()) return answer(kInvalidInstruction);
  if (!r_mac_session_) {
    return answer(state_ == State::open ? kConditionsNotSatisfied : kSecurityNotSatisfied);
  }
  const bool ends = command.p2 == kEndAndReturnRMac;
  const bool returns_only = command.p2 == kReturnRMac && options.protocol == Protocol::scp02;
  if (command.p1 != 0x00 || (!ends && !returns_only)) return answer(kIncorrectP1P2);
  if (ends) r_mac_session_.reset();
  // SCP03: the R-MAC is that of this response, which still has the session's protection (AmdD 7.1.4.6).
  auto* scp02 = std::get_if<Scp02Card>(&*protocol_);
  if (scp02 == nullptr) return answer(kSuccess);
  pending_ = ResponseProtection::none;  // END R-MAC SESSION is not in the computation (E.4.5)
  return answer(scp02->response_mac());
}

}  // namespace gpsh::virtualcard
