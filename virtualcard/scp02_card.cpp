// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/scp02_card.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::uint16_t kMacKeyConstant = 0x0101;
constexpr std::uint16_t kEncKeyConstant = 0x0182;
constexpr std::size_t kMacBytes = 8;
constexpr std::size_t kChallengeBytes = 6;
constexpr std::uint8_t kIsoSecureMessagingBit = 0x08;

Bytes two_bytes(std::uint16_t value) {
  return {static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value)};
}

Key derive(const Key& base, std::uint16_t constant, ByteView sequence_counter) {
  auto data = concat({two_bytes(constant), sequence_counter});
  data.resize(kDoubleDesKeyBytes, 0x00);
  return triple_des_encrypt(base, data);
}

/// The header the C-MAC covers: bit 3 of the class byte set, bit 4 clear, Lc counting the MAC (E.4.4). It
/// always fits: the plain data is shorter than what came in one short APDU.
Bytes mac_input(const CommandApdu& command, ByteView plain) {
  const auto cla = static_cast<std::uint8_t>((command.cla & ~kIsoSecureMessagingBit) | kSecureMessagingBit);
  const auto lc = static_cast<std::uint8_t>(plain.size() + kMacBytes);
  return concat({Bytes{cla, command.ins, command.p1, command.p2, lc}, plain});
}

}  // namespace

Scp02Card::Scp02Card(const KeySet& keys)
    : sequence_counter_(two_bytes(keys.sequence_counter)),
      enc_(derive(keys.enc, kEncKeyConstant, sequence_counter_)),
      mac_(derive(keys.mac, kMacKeyConstant, sequence_counter_)) {}

Bytes Scp02Card::pseudo_random_challenge(const Aid& aid) const {
  auto mac = single_des_mac(mac_, Bytes(kDesBlockBytes, 0x00), aid.bytes());
  mac.resize(kChallengeBytes);
  return mac;
}

Bytes Scp02Card::card_cryptogram(ByteView host_challenge, ByteView card_challenge) const {
  return full_triple_des_mac(enc_, concat({host_challenge, sequence_counter_, card_challenge}));
}

Bytes Scp02Card::host_cryptogram(ByteView host_challenge, ByteView card_challenge) const {
  return full_triple_des_mac(enc_, concat({sequence_counter_, card_challenge, host_challenge}));
}

Bytes Scp02Card::next_icv() const {
  // The first ICV of a session is zero and not encrypted (E.3.2, E.3.4).
  if (last_mac_.empty()) return Bytes(kDesBlockBytes, 0x00);
  return encrypt_icv(mac_, last_mac_);
}

std::optional<CommandApdu> Scp02Card::unwrap(const CommandApdu& command, SecurityLevel level) {
  if (level == SecurityLevel::authenticated) return command;
  // Without the mark there is no C-MAC, so the command's security is below the level (E.1.6).
  if ((command.cla & kSecureMessagingBit) == 0) return std::nullopt;
  if (command.data.size() < kMacBytes || command.data.size() > CommandApdu::kMaxShortData)
    return std::nullopt;
  const ByteView data = command.data;
  const auto received_mac = data.last(kMacBytes);
  auto plain = to_bytes(data.first(data.size() - kMacBytes));
  // E.4.6 is silent on empty data and hosts differ: a MAC alone and one block of padding are both accepted.
  if (level == SecurityLevel::c_decryption_c_mac && !plain.empty()) {
    if (plain.size() % kDesBlockBytes != 0) return std::nullopt;
    const auto unpadded = unpad_des(triple_des_decrypt(enc_, plain));
    if (!unpadded) return std::nullopt;
    plain = *unpadded;
  }
  const auto mac = single_des_mac(mac_, next_icv(), mac_input(command, plain));
  if (!equal_in_constant_time(mac, received_mac)) return std::nullopt;
  last_mac_ = mac;
  auto unwrapped = command;
  unwrapped.data = plain;
  return unwrapped;
}

}  // namespace gpsh::virtualcard
