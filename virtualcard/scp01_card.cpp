// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/scp01_card.h"

#include <algorithm>

#include "virtualcard/crypto.h"
#include "virtualcard/mac_length.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::uint8_t kIcvEncryption = 0x10;
constexpr std::size_t kMacBytes = 8;
constexpr std::uint8_t kIsoSecureMessagingBit = 0x08;

/// GPCS 2.3.1 figure D-3.
Bytes derivation_data(const Challenges& challenges) {
  const ByteView host = challenges.host;
  const ByteView card = challenges.card;
  return concat({card.last(4), host.first(4), card.first(4), host.last(4)});
}

/// The length in front tells the data from its padding (D.3.4), which is there only if the last block was not
/// full.
std::optional<Bytes> without_padding(ByteView decrypted) {
  ByteReader reader(decrypted, "decrypted data field");
  const std::size_t length = reader.u8();
  if (length > reader.remaining()) return std::nullopt;
  auto data = to_bytes(reader.take(length));
  const auto padding = reader.rest();
  if (padding.size() >= kDesBlockBytes) return std::nullopt;
  if (padding.empty()) return data;
  const bool zeros = std::ranges::all_of(padding.subspan(1), [](auto byte) { return byte == 0x00; });
  if (padding.front() != 0x80 || !zeros) return std::nullopt;
  return data;
}

/// The header the C-MAC covers has the secure messaging bit, and an Lc that counts the MAC (D.3.3).
Bytes mac_input(const CommandApdu& command, ByteView plain) {
  const auto cla = static_cast<std::uint8_t>((command.cla & ~kIsoSecureMessagingBit) | kSecureMessagingBit);
  const Bytes header{cla, command.ins, command.p1, command.p2};
  return concat({header, mac_length(plain.size() + kMacBytes), plain});
}

}  // namespace

Scp01Card::Scp01Card(const KeySet& keys, std::uint8_t i, Challenges challenges)
    : challenges_(std::move(challenges)),
      enc_(triple_des_encrypt_ecb(keys.enc, derivation_data(challenges_))),
      mac_(triple_des_encrypt_ecb(keys.mac, derivation_data(challenges_))),
      icv_encryption_((i & kIcvEncryption) != 0) {}

Bytes Scp01Card::card_cryptogram() const {
  return full_triple_des_mac(enc_, concat({challenges_.host, challenges_.card}));
}

Bytes Scp01Card::host_cryptogram() const {
  return full_triple_des_mac(enc_, concat({challenges_.card, challenges_.host}));
}

Bytes Scp01Card::next_icv() const {
  // The first ICV of a session is zero and not encrypted (D.1.5).
  if (last_mac_.empty()) return Bytes(kDesBlockBytes, 0x00);
  if (!icv_encryption_) return last_mac_;
  const auto encrypted = triple_des_encrypt_ecb(mac_, last_mac_);
  return {encrypted.begin(), encrypted.end()};
}

std::optional<CommandApdu> Scp01Card::unwrap(const CommandApdu& command, SecurityLevel level) {
  if (!has_c_mac(level)) return command;
  // Without the mark there is no C-MAC, so the command's security is below the level (D.1.7).
  if ((command.cla & kSecureMessagingBit) == 0) return std::nullopt;
  if (command.data.size() < kMacBytes || command.data.size() > kMaxJoinedData) {
    return std::nullopt;
  }
  const ByteView data = command.data;
  const auto received_mac = data.last(kMacBytes);
  auto plain = to_bytes(data.first(data.size() - kMacBytes));
  if (has_c_decryption(level) && !plain.empty()) {
    if (plain.size() % kDesBlockBytes != 0) return std::nullopt;
    const auto unpadded = without_padding(triple_des_decrypt(enc_, plain));
    if (!unpadded) return std::nullopt;
    plain = *unpadded;
  }
  const auto mac = full_triple_des_mac(mac_, next_icv(), mac_input(command, plain));
  if (!equal_in_constant_time(mac, received_mac)) return std::nullopt;
  last_mac_ = mac;
  auto unwrapped = command;
  unwrapped.data = plain;
  return unwrapped;
}

}  // namespace gpsh::virtualcard
