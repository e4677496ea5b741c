// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "tests/virtualcard/fixed_random.h"
#include "tests/virtualcard/scp01_host.h"
#include "tests/virtualcard/scp02_host.h"
#include "tests/virtualcard/scp03_host.h"
#include "virtualcard/virtual_card.h"

namespace gpsh::test {

/// The built-in profile of a protocol with another i, and 200 bytes of data under DF20.
inline virtualcard::Profile profile_with(virtualcard::SecureChannelOptions options) {
  const bool aes = options.protocol == virtualcard::Protocol::scp03;
  auto profile = virtualcard::load_profile(aes ? "scp03-i70" : "generic-scp02");
  profile.secure_channels = {options};
  profile.data_objects[0xDF20] = Bytes(200, 0xA5);
  return profile;
}

/// A card of any protocol with a host in front of it.
class ChannelHost {
 public:
  explicit ChannelHost(virtualcard::Profile profile)
      : options_(profile.default_options()), card_(std::move(profile), random_) {}
  explicit ChannelHost(virtualcard::SecureChannelOptions options) : ChannelHost(profile_with(options)) {}

  /// Hex in, hex out, nothing protected.
  std::string send(std::string_view apdu) { return to_hex(card_.transmit(hex(apdu))); }
  std::string send_bytes(ByteView apdu) { return to_hex(card_.transmit(apdu)); }

  /// From now on channels open with these keys, those of a supplementary domain; it is up to the test to
  /// select it. Nothing: with the default set of the Issuer Security Domain again.
  void use_keys(std::optional<virtualcard::KeySet> keys) { keys_ = std::move(keys); }
  [[nodiscard]] const virtualcard::KeySet& keys() const { return keys_ ? *keys_ : state().default_key_set(); }
  /// SCP02: the sequence counter in the last answer to INITIALIZE UPDATE.
  [[nodiscard]] std::uint32_t sequence_counter() const { return sequence_counter_; }

  /// Gives the status word; after 9000 the card cryptogram was right.
  std::string initialize_update() {
    auto base = keys();
    const Bytes challenge(options_.mac_bytes(), 0x5A);
    auto command = hex("80500000");
    command.push_back(static_cast<std::uint8_t>(challenge.size()));
    const auto response = ResponseApdu::parse(card_.transmit(concat({command, challenge})));
    if (!response.sw.ok()) return response.sw.text();
    sequence_counter_ = static_cast<std::uint32_t>(response.data.at(12) << 8 | response.data.at(13));
    if (options_.protocol == virtualcard::Protocol::scp02) base.sequence_counter = sequence_counter_;
    make_protocol(base, challenge, response.data);
    need(protocol_->card_cryptogram_ok(), "a wrong card cryptogram");
    return "9000";
  }
  [[nodiscard]] Bytes external_authenticate(std::uint8_t level) {
    const CommandApdu plain{.cla = 0x80, .ins = 0x82, .p1 = level, .data = protocol_->host_cryptogram()};
    return protocol_->wrap(plain, SecurityLevel::c_mac).encode();
  }
  /// Gives the status word of the last command.
  std::string open(std::uint8_t level) {
    auto proposed = initialize_update();
    if (proposed != "9000") return proposed;
    auto accepted = send_bytes(external_authenticate(level));
    if (accepted != "9000") return accepted;
    level_ = static_cast<SecurityLevel>(level);
    response_ = virtualcard::has_r_encryption(level_) ? ResponseProtection::r_encryption_r_mac
                : virtualcard::has_r_mac(level_)      ? ResponseProtection::r_mac
                                                      : ResponseProtection::none;
    if (options_.protocol == virtualcard::Protocol::scp02 && virtualcard::has_r_mac(level_)) {
      scp02().begin_r_macs(sequence_counter_);
    }
    return "9000";
  }
  /// For a card with implicit initiation: the next protected command starts a session.
  void start_implicitly() {
    protocol_ = std::make_unique<Scp02Host>(state().default_key_set(), options_.i,
                                            state().issuer_security_domain.aid);
    level_ = SecurityLevel::c_mac;
  }

  /// A plain command in hex with the session's protection.
  [[nodiscard]] Bytes wrap(std::string_view plain) {
    const auto command = CommandApdu::parse(hex(plain));
    return (virtualcard::has_c_mac(level_) ? protocol_->wrap(command, level_) : command).encode();
  }
  /// Sends it protected, takes the protection off the answer. Throws when that is not what it should be.
  std::string send_wrapped(std::string_view plain) {
    const auto response = ResponseApdu::parse(card_.transmit(wrap(plain)));
    return to_hex(protocol_->unwrap(CommandApdu::parse(hex(plain)), response, response_).encode());
  }
  /// From now on responses have this protection.
  void expect_responses(ResponseProtection protection) { response_ = protection; }

  [[nodiscard]] HostProtocol& protocol() { return *protocol_; }
  [[nodiscard]] const virtualcard::SecureChannelOptions& options() const { return options_; }
  [[nodiscard]] Scp02Host& scp02() { return dynamic_cast<Scp02Host&>(*protocol_); }
  [[nodiscard]] virtualcard::VirtualCard& card() { return card_; }
  [[nodiscard]] const virtualcard::CardState& state() const { return card_.state(); }

 private:
  void make_protocol(const virtualcard::KeySet& keys, ByteView challenge, ByteView answer) {
    level_ = SecurityLevel::c_mac;
    response_ = ResponseProtection::none;
    switch (options_.protocol) {
      case virtualcard::Protocol::scp01:
        protocol_ = std::make_unique<Scp01Host>(keys, options_.i, challenge, answer);
        break;
      case virtualcard::Protocol::scp02: {
        auto host = std::make_unique<Scp02Host>(keys, options_.i, state().issuer_security_domain.aid);
        host->read_answer(challenge, answer);
        protocol_ = std::move(host);
        break;
      }
      case virtualcard::Protocol::scp03:
        protocol_ = std::make_unique<Scp03Host>(keys, options_.i, challenge, answer);
        break;
    }
  }

  virtualcard::SecureChannelOptions options_;
  std::optional<virtualcard::KeySet> keys_;
  std::uint32_t sequence_counter_ = 0;
  FixedRandom random_{"112233445566778899AABBCCDDEEFF00"};
  virtualcard::VirtualCard card_;
  std::unique_ptr<HostProtocol> protocol_;
  SecurityLevel level_ = SecurityLevel::c_mac;
  ResponseProtection response_ = ResponseProtection::none;
};

}  // namespace gpsh::test
