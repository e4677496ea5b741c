// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <botan/block_cipher.h>
#include <botan/mac.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "gp/channel_reading.h"
#include "tests/bench/ratio.h"

namespace gpsh::bench {

/// A channel to measure.
struct Case {
  std::string name{};
  std::uint8_t protocol = 2;
  std::uint8_t i = 0x15;
  std::uint8_t level = 0x01;
  std::size_t key_bytes = 16;

  [[nodiscard]] bool s16() const { return protocol == 3 && (i & 0x01U) != 0; }
  [[nodiscard]] std::size_t challenge_bytes() const { return s16() ? 16 : 8; }
  [[nodiscard]] std::size_t mac_bytes() const { return s16() ? 16 : 8; }
  [[nodiscard]] std::string aes() const { return "AES-" + std::to_string(key_bytes * 8); }
};

inline Bytes key_of(const Case& channel) {
  auto key = hex("404142434445464748494A4B4C4D4E4F404142434445464748494A4B4C4D4E4F");
  key.resize(channel.key_bytes);
  return key;
}

/// Whatever a card may have answered; its cryptogram is wrong.
inline gp::InitializeUpdateResponse answer_of(const Case& channel) {
  gp::InitializeUpdateResponse answer{
      .diversification_data = Bytes(10), .key_version = 1, .protocol = channel.protocol};
  if (channel.protocol == 3) answer.i = channel.i;
  answer.card_challenge = Bytes(channel.challenge_bytes(), 0x11);
  answer.card_cryptogram = Bytes(channel.challenge_bytes(), 0x22);
  return answer;
}

/// The keys and the answer a channel is started from, kept where it can refer to them.
class Started {
 public:
  explicit Started(const Case& channel) : channel_(channel), answer_(answer_of(channel)) {
    const auto key = gp::Secret::from_bytes(key_of(channel));
    keys_ = {.keys = {.enc = key.clone(), .mac = key.clone(), .dek = key.clone()}};
  }

  [[nodiscard]] gp::SecureChannel::Protocols protocol() const {
    return gp::start_protocol(channel_.protocol, channel_.i, gp::SecurityLevel(channel_.level),
                              {.keys = keys_, .answer = answer_, .host_challenge = host_challenge_});
  }
  /// Past EXTERNAL AUTHENTICATE.
  [[nodiscard]] gp::SecureChannel::Protocols opened() const {
    auto started = protocol();
    static_cast<void>(std::visit([](auto& each) { return each.external_authenticate(); }, started));
    return started;
  }
  [[nodiscard]] const gp::KeySet& keys() const { return keys_.keys; }
  [[nodiscard]] const Bytes& host_challenge() const { return host_challenge_; }
  [[nodiscard]] const gp::InitializeUpdateResponse& answer() const { return answer_; }

 private:
  Case channel_;
  gp::InitializeUpdateResponse answer_;
  Bytes host_challenge_ = Bytes(channel_.challenge_bytes(), 0x33);
  gp::ChannelKeys keys_{};
};

inline std::size_t padded(std::size_t bytes, std::size_t block) {
  return (bytes / block + 1) * block;
}

// The bare calls, on buffers that stay.

inline std::unique_ptr<Botan::BlockCipher> cipher_with(const std::string& name, const Bytes& key) {
  auto cipher = Botan::BlockCipher::create_or_throw(name);
  cipher->set_key(key.data(), key.size());
  return cipher;
}

inline std::unique_ptr<Botan::MessageAuthenticationCode> mac_with(const std::string& name, const Bytes& key) {
  auto mac = Botan::MessageAuthenticationCode::create_or_throw(name);
  mac->set_key(key.data(), key.size());
  return mac;
}

inline void encrypt_chained(const Botan::BlockCipher& cipher, Bytes& data, std::size_t bytes) {
  const auto block = cipher.block_size();
  for (std::size_t at = 0; at < bytes; at += block) {
    for (std::size_t i = 0; at > 0 && i < block; ++i) data[at + i] ^= data[at + i - block];
    cipher.encrypt(&data[at]);
  }
}

/// From `data` into `plain`.
inline void decrypt_chained(const Botan::BlockCipher& cipher, const Bytes& data, Bytes& plain,
                            std::size_t bytes) {
  const auto block = cipher.block_size();
  cipher.decrypt_n(data.data(), plain.data(), bytes / block);
  for (std::size_t at = block; at < bytes; ++at) plain[at] ^= data[at - block];
}

/// Measures `own` and `bare` for every channel and tells the ratios.
template <class Own, class Bare>
void compare(const std::vector<Case>& cases, Own own, Bare bare, const Limit& limit) {
  for (const auto& each : cases) {
    measure(each.name, limit, [own, each](benchmark::State& state) { own(state, each); });
    measure("bare " + each.name, limit, [bare, each](benchmark::State& state) { bare(state, each); });
  }
  const auto report = run_all(limit.argc, limit.argv);
  for (const auto& each : cases) report.tell(each.name, "bare " + each.name, limit.at_most);
}

}  // namespace gpsh::bench
