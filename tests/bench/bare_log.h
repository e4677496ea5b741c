// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <botan/block_cipher.h>
#include <botan/mac.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/bytes.h"
#include "tests/sessions/channel_log.h"

namespace gpsh::bench {

inline constexpr std::size_t kDataBytes = 239;
inline constexpr std::size_t kPaddedBytes = 240;
inline constexpr std::size_t kMacInputBytes = 248;

/// A channel at level 03 with so many LOADs.
inline std::string log_of(int protocol, std::size_t commands) {
  test::ChannelLog log({.protocol = protocol, .level = 0x03});
  for (std::size_t n = 0; n < commands; ++n) {
    log.command({.cla = 0x80,
                 .ins = 0xE8,
                 .p2 = static_cast<std::uint8_t>(n),
                 .data = Bytes(kDataBytes, static_cast<std::uint8_t>(n))});
  }
  return log.text();
}

/// The least that such a log asks for: its hex decoded, and the ciphers over the same bytes.
class BareLog {
 public:
  explicit BareLog(int protocol)
      : mac_(
            Botan::MessageAuthenticationCode::create_or_throw(protocol == 3 ? "CMAC(AES-128)" : "X9.19-MAC")),
        cipher_(Botan::BlockCipher::create_or_throw(protocol == 3 ? "AES-128" : "TripleDES")),
        out_(16) {
    const auto key = hex("404142434445464748494A4B4C4D4E4F");
    mac_->set_key(key.data(), key.size());
    cipher_->set_key(key.data(), key.size());
  }

  const Bytes& pass(std::string_view rest) {
    while (!rest.empty()) {
      const auto end = rest.find('\n');
      auto data = from_hex(rest.substr(2, end - 2)).value();
      rest.remove_prefix(end + 1);
      if (data.size() < kMacInputBytes) continue;
      decrypt(data);
      mac_->update(data.data(), kMacInputBytes);
      mac_->final(out_.data());
    }
    return out_;
  }

 private:
  /// CBC decryption, block by block.
  void decrypt(Bytes& data) const {
    const auto block = cipher_->block_size();
    for (std::size_t at = 0; at + block <= kPaddedBytes; at += block) cipher_->decrypt(&data[at]);
  }

  std::unique_ptr<Botan::MessageAuthenticationCode> mac_;
  std::unique_ptr<Botan::BlockCipher> cipher_;
  Bytes out_;
};

}  // namespace gpsh::bench
