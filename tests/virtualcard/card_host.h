// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "core/apdu.h"
#include "tests/virtualcard/fixed_random.h"
#include "virtualcard/virtual_card.h"

namespace gpsh::test {

/// How the host sends a command without data at level 03.
enum class EmptyData { mac_only, encrypted_padding };

/// A card with a host in front of it. The host's half of SCP02 is written for these tests out of GPCS 2.3.1
/// appendix E; it takes nothing from the card but the ciphers and the base keys.
class CardHost {
 public:
  explicit CardHost(std::string_view profile) : CardHost(virtualcard::load_profile(profile)) {}
  explicit CardHost(virtualcard::Profile profile)
      : base_(profile.card.default_key_set()), card_(std::move(profile), random_) {}

  /// Hex in, hex out.
  std::string send(std::string_view apdu) { return to_hex(card_.transmit(hex(apdu))); }
  std::string send_bytes(ByteView apdu) { return to_hex(card_.transmit(apdu)); }

  /// From now on channels open with these keys; selecting another security domain is up to the test.
  void use_keys(virtualcard::KeySet keys) { base_ = std::move(keys); }

  /// From now on INITIALIZE UPDATE and wrapped commands go over this logical channel.
  void use_channel(std::uint8_t channel) { channel_ = channel; }

  /// Keeps what EXTERNAL AUTHENTICATE needs. Gives the status word.
  std::string initialize_update() {
    auto command = concat({hex("8050000008"), host_challenge_});
    command.front() |= channel_;
    const auto answer = card_.transmit(command);
    if (answer.size() != 30) return to_hex(answer);
    const auto counter = ByteView(answer).subspan(12, 2);
    enc_ = session_key("0182", base_.enc, counter);
    mac_ = session_key("0101", base_.mac, counter);
    const auto card_data = ByteView(answer).subspan(12, 8);  // counter and card challenge
    host_cryptogram_ = virtualcard::full_triple_des_mac(enc_, concat({card_data, host_challenge_}));
    card_cryptogram_ok_ = equal(virtualcard::full_triple_des_mac(enc_, concat({host_challenge_, card_data})),
                                ByteView(answer).subspan(20, 8));
    last_mac_.clear();
    level_ = 0x01;
    return to_hex(ByteView(answer).last(2));
  }
  [[nodiscard]] bool card_cryptogram_ok() const { return card_cryptogram_ok_; }

  /// The right command for this level.
  [[nodiscard]] Bytes external_authenticate(std::uint8_t level) {
    auto command = wrap("8482" + to_hex(level) + "0008" + to_hex(host_cryptogram_));
    level_ = level;
    return command;
  }

  /// INITIALIZE UPDATE and EXTERNAL AUTHENTICATE; throws when the card refuses.
  void open(std::uint8_t level) {
    const auto proposed = initialize_update();
    const auto accepted = proposed == "9000" ? send_bytes(external_authenticate(level)) : proposed;
    if (accepted != "9000") throw std::runtime_error("the card answered " + accepted);
  }

  /// A plain command in hex, protected as the level asks.
  [[nodiscard]] Bytes wrap(std::string_view plain, EmptyData empty = EmptyData::mac_only) {
    auto command = CommandApdu::parse(hex(plain));
    if (level_ == 0x00) return command.encode();
    command.cla |= 0x04;
    const auto lc = static_cast<std::uint8_t>(command.data.size() + 8);
    const auto input = concat({command.header(), Bytes{lc}, command.data});
    const auto icv = last_mac_.empty() ? Bytes(8, 0x00) : virtualcard::encrypt_icv(mac_, last_mac_);
    last_mac_ = virtualcard::single_des_mac(mac_, icv, input);
    const bool encrypt = !command.data.empty() || empty == EmptyData::encrypted_padding;
    if (level_ == 0x03 && encrypt) {
      const auto encrypted = virtualcard::triple_des_encrypt(enc_, virtualcard::pad_des(command.data));
      command.data.assign(encrypted.begin(), encrypted.end());
    }
    append(command.data, last_mac_);
    command.cla |= channel_;
    return command.encode();
  }
  std::string send_wrapped(std::string_view plain, EmptyData empty = EmptyData::mac_only) {
    return send_bytes(wrap(plain, empty));
  }

  [[nodiscard]] virtualcard::VirtualCard& card() { return card_; }
  [[nodiscard]] const virtualcard::CardState& state() const { return card_.state(); }

 private:
  static virtualcard::Key session_key(std::string_view constant, const virtualcard::Key& base,
                                      ByteView counter) {
    return virtualcard::triple_des_encrypt(base, concat({hex(constant), counter, Bytes(12, 0x00)}));
  }

  const Bytes host_challenge_ = hex("0102030405060708");
  FixedRandom random_{"112233445566"};
  virtualcard::KeySet base_;
  virtualcard::VirtualCard card_;
  virtualcard::Key enc_;
  virtualcard::Key mac_;
  Bytes host_cryptogram_;
  Bytes last_mac_;
  std::uint8_t level_ = 0x01;
  std::uint8_t channel_ = 0;
  bool card_cryptogram_ok_ = false;
};

}  // namespace gpsh::test
