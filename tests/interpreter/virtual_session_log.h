// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "tests/gp/card_side.h"
#include "virtualcard/profile.h"
#include "virtualcard/virtual_card.h"

namespace gpsh::test {

/// A virtual card whose static keys come from a master key.
struct DerivedCard {
  int protocol = 2;
  std::uint8_t i = 0x15;
  std::string derivation = "none";
  Bytes enc{};      ///< the master key, or that of ENC alone
  Bytes mac = enc;  ///< and of MAC
  bool s16() const { return protocol == 3 && (i & 0x01U) != 0; }
};

/// The card's static key with this number, derived without the code under test.
inline std::string derived_key(const DerivedCard& card, const Bytes& master, std::uint8_t number) {
  return to_hex(CardSide{.derivation = card.derivation, .master = master}.card_key(number));
}

inline virtualcard::Profile profile_of(const DerivedCard& card) {
  const bool scp03 = card.protocol == 3;
  const auto text = std::string(R"({"kind": "profile", "name": "test", "extends": ")") +
                    (scp03 ? "scp03-i70" : "generic-scp02") + R"(", "secure_channel": {"protocol": "SCP0)" +
                    std::to_string(card.protocol) + R"(", "i": ")" + to_hex(card.i) +
                    R"("}, "diversification_data": ")" + to_hex(CardSide::diversification_data()) +
                    R"(", "key_sets": [{"version": "20", )" + (scp03 ? R"("type": "AES", )" : "") +
                    R"("enc": ")" + derived_key(card, card.enc, 1) + R"(", "mac": ")" +
                    derived_key(card, card.mac, 2) + R"(", "dek": ")" + derived_key(card, card.mac, 3) +
                    R"(", "sequence_counter": 7}]})";
  return virtualcard::parse_profile(text, "test");
}

/// What GPShell's trace shows of SELECT, GET DATA 0066 and INITIALIZE UPDATE with this card.
inline std::string session_log(const DerivedCard& card) {
  virtualcard::SystemRandom challenges;
  virtualcard::VirtualCard connection(profile_of(card), challenges);
  const Bytes host_challenge(card.s16() ? 16 : 8, 0xC3);
  const auto initialize_update = concat(
      {hex("80500000"), Bytes{static_cast<std::uint8_t>(host_challenge.size())}, host_challenge, hex("00")});
  std::string log = "mode_211\nenable_trace\n";
  const auto select = hex(card.protocol == 3 ? "00A4040008A000000151000000" : "00A4040008A000000003000000");
  for (const auto& command : {select, hex("80CA006600"), initialize_update}) {
    log += "Command --> " + to_hex(command) + "\nWrapped command --> " + to_hex(command) + "\nResponse <-- " +
           to_hex(connection.transmit(command)) + "\n";
  }
  return log;
}

}  // namespace gpsh::test
