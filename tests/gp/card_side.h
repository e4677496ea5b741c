// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <botan/block_cipher.h>
#include <botan/mac.h>

#include <algorithm>
#include <cstdint>
#include <string>

#include "core/bytes.h"

namespace gpsh::test {

/// A card's half of INITIALIZE UPDATE, computed without the code under test.
struct CardSide {
  int protocol = 2;                 ///< 1 to 3
  std::string derivation = "none";  ///< visa1, visa, visa2, emvcps11, kdf3
  Bytes master = {};                ///< 16 bytes; on SCP03 also 24 or 32
  std::size_t challenge_bytes = 8;  ///< S16: 16
  Bytes counter = {};               ///< SCP03: 3 bytes or none

  Bytes host_challenge() const { return sequence(0xA0); }
  Bytes card_challenge() const { return sequence(0x30); }

  /// The data field of the answer.
  Bytes answer() const {
    auto data = diversification_data();
    append(data, {0x01, static_cast<std::uint8_t>(protocol)});
    if (protocol == 3) data.push_back(i());
    append(data, card_challenge());
    append(data, card_cryptogram());
    append(data, counter);
    return data;
  }

  static Bytes diversification_data() { return hex("4D004082D00123252556"); }
  std::uint8_t i() const {
    return static_cast<std::uint8_t>((challenge_bytes == 16 ? 0x01 : 0x00) | (counter.empty() ? 0x60 : 0x70));
  }

  /// The diversified key with this number: 1 ENC, 2 MAC, 3 DEK.
  Bytes card_key(std::uint8_t number) const {
    const auto all = diversification_data();
    const auto data = ByteView(all);
    const Bytes high = {0xF0, number};
    const Bytes low = {0x0F, number};
    const auto twice = [&](const Bytes& id) { return triple_des(master, concat({id, high, id, low})); };
    if (derivation == "visa2") return twice(concat({data.first(2), data.subspan(4, 4)}));
    if (derivation == "visa") return twice(concat({data.first(4), data.last(2)}));
    if (derivation == "emvcps11") return twice(to_bytes(data.last(6)));
    if (derivation == "visa1") {
      const Bytes first = number == 1 ? hex("FFFF") : number == 2 ? hex("0000") : hex("F0F0");
      return triple_des(master, concat({first, data.last(8), Bytes{number, 0, 0, 0, 0, 0}}));
    }
    if (derivation == "kdf3") {
      Bytes key;
      for (std::uint8_t n = 1; key.size() < master.size(); ++n) {
        append(key, cmac(master, concat({Bytes{n, 0, 0, 0, number, 0}, data})));
      }
      key.resize(master.size());
      return key;
    }
    return master;
  }

 private:
  static Bytes triple_des(const Bytes& key, Bytes data) {
    const auto cipher = Botan::BlockCipher::create_or_throw("TripleDES");
    cipher->set_key(key);
    cipher->encrypt(data);
    return data;
  }
  /// CBC, the start value zeros.
  static Bytes triple_des_chained(const Bytes& key, const Bytes& data) {
    Bytes result;
    Bytes block(8);
    for (std::size_t at = 0; at < data.size(); at += 8) {
      for (std::size_t n = 0; n < 8; ++n) block.at(n) ^= data.at(at + n);
      block = triple_des(key, block);
      append(result, block);
    }
    return result;
  }
  static Bytes cmac(const Bytes& key, const Bytes& data) {
    const auto mac =
        Botan::MessageAuthenticationCode::create_or_throw("CMAC(AES-" + std::to_string(key.size() * 8) + ")");
    mac->set_key(key);
    mac->update(data);
    const auto result = mac->final();
    return {result.begin(), result.end()};
  }

  Bytes sequence(int from) const {
    Bytes bytes(challenge_bytes);
    std::ranges::generate(bytes, [&from] { return static_cast<std::uint8_t>(from++); });
    return bytes;
  }

  Bytes card_cryptogram() const {
    const auto host = host_challenge();
    const auto card = card_challenge();
    if (protocol == 3) return scp03_cryptogram(host, card);
    const auto h = ByteView(host);
    const auto c = ByteView(card);
    const auto session = protocol == 1
                             ? triple_des(card_key(1), concat({c.last(4), h.first(4), c.first(4), h.last(4)}))
                             : triple_des_chained(card_key(1), concat({hex("0182"), c.first(2), Bytes(12)}));
    const auto mac = triple_des_chained(session, concat({h, c, hex("8000000000000000")}));
    return to_bytes(ByteView(mac).last(8));
  }

  /// AmdD 1.2 sections 4.1.5 and 6.2.2.2.
  Bytes scp03_cryptogram(const Bytes& host, const Bytes& card) const {
    const auto derive = [&](const Bytes& key, std::uint8_t constant, std::size_t bytes) {
      Bytes result;
      for (std::uint8_t n = 1; result.size() < bytes; ++n) {
        const auto bits = static_cast<std::uint16_t>(bytes * 8);
        const Bytes head = {constant, 0, static_cast<std::uint8_t>(bits >> 8),
                            static_cast<std::uint8_t>(bits), n};
        append(result, cmac(key, concat({Bytes(11), head, host, card})));
      }
      result.resize(bytes);
      return result;
    };
    const auto key = card_key(2);
    return derive(derive(key, 0x06, key.size()), 0x00, challenge_bytes);
  }
};

}  // namespace gpsh::test
