// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/scp02_card.h"

#include "virtualcard/mac_length.h"

namespace gpsh::virtualcard {
namespace {

// Bits of i (GPCS 2.3.1 Table E-1).
constexpr std::uint8_t kThreeKeys = 0x01;
constexpr std::uint8_t kUnmodifiedApdu = 0x02;
constexpr std::uint8_t kExplicitInitiation = 0x04;
constexpr std::uint8_t kIcvFromAid = 0x08;
constexpr std::uint8_t kIcvEncryption = 0x10;

constexpr std::uint16_t kMacKeyConstant = 0x0101;
constexpr std::uint16_t kResponseMacKeyConstant = 0x0102;
constexpr std::uint16_t kDekKeyConstant = 0x0181;
constexpr std::uint16_t kEncKeyConstant = 0x0182;
constexpr std::size_t kMacBytes = 8;
constexpr std::uint8_t kIsoSecureMessagingBit = 0x08;

Bytes two_bytes(std::uint32_t value) {
  return {static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value)};
}

Key derive(const Key& base, std::uint16_t constant, std::uint32_t sequence_counter) {
  auto data = concat({two_bytes(constant), two_bytes(sequence_counter)});
  data.resize(kDoubleDesKeyBytes, 0x00);
  return triple_des_encrypt(base, data);
}

Bytes mac_over_aid(const Key& key, const Aid& aid) {
  return single_des_mac(key, Bytes(kDesBlockBytes, 0x00), aid.bytes());
}

std::uint8_t plain_class(std::uint8_t cla) {
  return static_cast<std::uint8_t>(cla & ~(kSecureMessagingBit | kIsoSecureMessagingBit));
}

}  // namespace

Scp02Card::Scp02Card(const KeySet& keys, std::uint8_t i, Aid aid) : i_(i), aid_(std::move(aid)) {
  restart(keys);
}

void Scp02Card::restart(const KeySet& keys) {
  sequence_counter_ = keys.sequence_counter;
  base_mac_ = has(kThreeKeys) ? keys.mac : keys.enc;
  base_dek_ = has(kThreeKeys) ? keys.dek : keys.enc;
  enc_ = derive(keys.enc, kEncKeyConstant, sequence_counter_);
  mac_ = derive(base_mac_, kMacKeyConstant, sequence_counter_);
  first_mac_.clear();
  last_mac_.clear();
}

Key Scp02Card::data_encryption_key() const {
  // With implicit initiation the counter has gone up by then (E.1.2.2).
  return derive(base_dek_, kDekKeyConstant, sequence_counter_ + (has(kExplicitInitiation) ? 0 : 1));
}

Bytes Scp02Card::pseudo_random_challenge() const {
  auto mac = mac_over_aid(mac_, aid_);
  mac.resize(kChallengeBytes);
  return mac;
}

Bytes Scp02Card::card_cryptogram(ByteView host_challenge, ByteView card_challenge) const {
  return full_triple_des_mac(enc_, concat({host_challenge, two_bytes(sequence_counter_), card_challenge}));
}

Bytes Scp02Card::host_cryptogram(ByteView host_challenge, ByteView card_challenge) const {
  return full_triple_des_mac(enc_, concat({two_bytes(sequence_counter_), card_challenge, host_challenge}));
}

/// What the C-MAC covers (E.4.4). On the modified APDU: bit 3 of the class byte set, bit 4 clear, Lc counting
/// the MAC; on the unmodified one neither. Lc always fits: the plain data is shorter than what came in one
/// short APDU. It is there without data too, as in figure E-3.
Bytes Scp02Card::mac_input(const CommandApdu& command, ByteView plain) const {
  const bool modified = !has(kUnmodifiedApdu);
  const auto cla = plain_class(command.cla);
  const auto lc = plain.size() + (modified ? kMacBytes : 0);
  const Bytes header{modified ? static_cast<std::uint8_t>(cla | kSecureMessagingBit) : cla, command.ins,
                     command.p1, command.p2};
  return concat({header, mac_length(lc), plain});
}

Bytes Scp02Card::next_icv() const {
  // The first ICV of a session is not encrypted (E.3.4).
  if (last_mac_.empty()) {
    return has(kIcvFromAid) ? mac_over_aid(mac_, aid_) : Bytes(kDesBlockBytes, 0x00);
  }
  return has(kIcvEncryption) ? encrypt_icv(mac_, last_mac_) : last_mac_;
}

std::optional<CommandApdu> Scp02Card::unwrap(const CommandApdu& command, SecurityLevel level) {
  if (!has_c_mac(level)) return command;
  // Without the mark there is no C-MAC, so the command's security is below the level (E.1.6).
  if ((command.cla & kSecureMessagingBit) == 0) return std::nullopt;
  if (command.data.size() < kMacBytes || command.data.size() > kMaxJoinedData) return std::nullopt;
  const ByteView data = command.data;
  const auto received_mac = data.last(kMacBytes);
  auto plain = to_bytes(data.first(data.size() - kMacBytes));
  // E.4.6 is silent on empty data and hosts differ: a MAC alone and one block of padding are both accepted.
  if (has_c_decryption(level) && !plain.empty()) {
    if (plain.size() % kDesBlockBytes != 0) return std::nullopt;
    const auto unpadded = unpad_des(triple_des_decrypt(enc_, plain));
    if (!unpadded) return std::nullopt;
    plain = *unpadded;
  }
  const auto mac = single_des_mac(mac_, next_icv(), mac_input(command, plain));
  if (!equal_in_constant_time(mac, received_mac)) return std::nullopt;
  if (first_mac_.empty()) first_mac_ = mac;
  last_mac_ = mac;
  auto unwrapped = command;
  unwrapped.data = plain;
  return unwrapped;
}

void Scp02Card::begin_response_macs(std::uint32_t sequence_counter) {
  response_key_ = derive(base_mac_, kResponseMacKeyConstant, sequence_counter);
  response_mac_ = has(kIcvFromAid) ? mac_over_aid(response_key_, aid_) : first_mac_;
}

void Scp02Card::count_in(const CommandApdu& command, const ResponseApdu& response) {
  // The command as it was before its protection, always with an Lc; Li is the length modulo 256 (E.4.5).
  const Bytes header{plain_class(command.cla), command.ins, command.p1, command.p2};
  const Bytes response_length{static_cast<std::uint8_t>(response.data.size())};
  response_mac_ = single_des_mac(
      response_key_, response_mac_,
      concat({header, mac_length(command.data.size()), command.data, response_length, response.encode()}));
}

ResponseApdu Scp02Card::protect(const CommandApdu& command, const ResponseApdu& response,
                                ResponseProtection protection) {
  if (protection == ResponseProtection::none) return response;
  count_in(command, response);
  auto protected_response = response;
  if (protection != ResponseProtection::counted_in) append(protected_response.data, response_mac_);
  return protected_response;
}

}  // namespace gpsh::virtualcard
