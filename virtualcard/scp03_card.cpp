// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/scp03_card.h"

#include "virtualcard/aes_crypto.h"
#include "virtualcard/mac_length.h"

namespace gpsh::virtualcard {
namespace {

// AmdD Table 4-1.
constexpr std::uint8_t kCardCryptogram = 0x00;
constexpr std::uint8_t kHostCryptogram = 0x01;
constexpr std::uint8_t kCardChallenge = 0x02;
constexpr std::uint8_t kSessionEnc = 0x04;
constexpr std::uint8_t kSessionMac = 0x06;
constexpr std::uint8_t kSessionResponseMac = 0x07;

constexpr std::uint8_t kS16 = 0x01;
constexpr std::uint8_t kIsoSecureMessagingBit = 0x08;

std::size_t mac_bytes(std::uint8_t i) {
  return (i & kS16) != 0 ? 16 : 8;
}

Bytes three_bytes(std::uint32_t value) {
  return {static_cast<std::uint8_t>(value >> 16), static_cast<std::uint8_t>(value >> 8),
          static_cast<std::uint8_t>(value)};
}

Key session_key(const Key& base, std::uint8_t constant, const Challenges& challenges) {
  return aes_derive(base, constant, base.size(), concat({challenges.host, challenges.card}));
}

}  // namespace

Scp03Card::Scp03Card(const KeySet& keys, std::uint8_t i, Challenges challenges)
    : challenges_(std::move(challenges)),
      mac_bytes_(mac_bytes(i)),
      enc_(session_key(keys.enc, kSessionEnc, challenges_)),
      mac_(session_key(keys.mac, kSessionMac, challenges_)),
      response_mac_(session_key(keys.mac, kSessionResponseMac, challenges_)),
      mac_chaining_value_(kAesBlockBytes, 0x00) {}

Bytes Scp03Card::pseudo_random_challenge(const KeySet& keys, std::uint8_t i, const Aid& aid) {
  const auto context = concat({three_bytes(keys.sequence_counter), aid.bytes()});
  const auto challenge = aes_derive(keys.enc, kCardChallenge, mac_bytes(i), context);
  return {challenge.begin(), challenge.end()};
}

Bytes Scp03Card::cryptogram(std::uint8_t constant) const {
  const auto derived = aes_derive(mac_, constant, mac_bytes_, concat({challenges_.host, challenges_.card}));
  return {derived.begin(), derived.end()};
}

Bytes Scp03Card::card_cryptogram() const {
  return cryptogram(kCardCryptogram);
}

Bytes Scp03Card::host_cryptogram() const {
  return cryptogram(kHostCryptogram);
}

Bytes Scp03Card::encryption_icv(Direction direction) const {
  Bytes block{static_cast<std::uint8_t>(direction)};
  block.resize(kAesBlockBytes - sizeof encryption_counter_, 0x00);
  for (int shift = 56; shift >= 0; shift -= 8) {
    block.push_back(static_cast<std::uint8_t>(encryption_counter_ >> shift));
  }
  return aes_encrypt_block(enc_, block);
}

std::optional<CommandApdu> Scp03Card::unwrap(const CommandApdu& command, SecurityLevel level) {
  if (!has_c_mac(level)) return command;
  // Without the mark there is no C-MAC, so the command's security is below the level (5.6).
  if ((command.cla & kSecureMessagingBit) == 0) return std::nullopt;
  if (command.data.size() < mac_bytes_ || command.data.size() > kMaxJoinedData) {
    return std::nullopt;
  }
  const ByteView data = command.data;
  const auto body = data.first(data.size() - mac_bytes_);
  const auto cla = static_cast<std::uint8_t>(command.cla & ~kIsoSecureMessagingBit);
  const Bytes header{cla, command.ins, command.p1, command.p2};
  const auto mac = aes_cmac(mac_, concat({mac_chaining_value_, header, mac_length(data.size()), body}));
  if (!equal_in_constant_time(ByteView(mac).first(mac_bytes_), data.last(mac_bytes_))) return std::nullopt;
  mac_chaining_value_ = mac;

  auto unwrapped = command;
  unwrapped.data = to_bytes(body);
  if (!has_c_decryption(level)) return unwrapped;
  ++encryption_counter_;  // for a command without data too (6.2.6)
  if (body.empty()) return unwrapped;
  if (body.size() % kAesBlockBytes != 0) return std::nullopt;
  const auto plain =
      unpad_blocks(aes_decrypt(enc_, encryption_icv(Direction::command), body), kAesBlockBytes);
  if (!plain) return std::nullopt;
  unwrapped.data = *plain;
  return unwrapped;
}

ResponseApdu Scp03Card::protect(const ResponseApdu& response, ResponseProtection protection) const {
  if (protection == ResponseProtection::none) return response;
  if (!response.sw.ok() && !response.sw.warning()) return {.data = {}, .sw = response.sw};
  auto protected_response = response;
  auto& data = protected_response.data;
  if (protection == ResponseProtection::r_encryption_r_mac && !data.empty()) {
    data = aes_encrypt(enc_, encryption_icv(Direction::response), pad_blocks(data, kAesBlockBytes));
  }
  auto mac = aes_cmac(response_mac_, concat({mac_chaining_value_, protected_response.encode()}));
  mac.resize(mac_bytes_);
  append(data, mac);
  return protected_response;
}

}  // namespace gpsh::virtualcard
