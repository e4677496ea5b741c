// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include "core/aid.h"
#include "tests/virtualcard/host_protocol.h"
#include "virtualcard/card_state.h"

namespace gpsh::test {

/// SCP02 (GPCS 2.3.1 appendix E).
class Scp02Host final : public HostProtocol {
 public:
  /// `aid`: of the Issuer Security Domain; counts with implicit initiation.
  Scp02Host(const virtualcard::KeySet& keys, std::uint8_t i, Aid aid)
      : i_(i),
        keys_(keys),
        aid_(std::move(aid)),
        enc_(session_key(0x82, keys.enc)),
        mac_(session_key(0x01, keys.mac)) {}

  /// Keeps what the answer to INITIALIZE UPDATE says; its counter must be that of the keys.
  void read_answer(ByteView host_challenge, ByteView answer) {
    host_ = to_bytes(host_challenge);
    card_ = to_bytes(answer.subspan(12, 8));  // counter and card challenge
    cryptogram_ = to_bytes(answer.subspan(20, 8));
  }

  [[nodiscard]] bool card_cryptogram_ok() const override {
    return virtualcard::full_triple_des_mac(enc_, concat({host_, card_})) == cryptogram_;
  }
  [[nodiscard]] Bytes host_cryptogram() const override {
    return virtualcard::full_triple_des_mac(enc_, concat({card_, host_}));
  }

  [[nodiscard]] CommandApdu wrap(const CommandApdu& plain, SecurityLevel level) override {
    auto command = plain;
    command.cla |= 0x04;
    const bool unmodified = (i_ & 0x02) != 0;
    const auto lc = length_field(plain.data.size() + (unmodified ? 0 : 8));
    const auto header = unmodified ? plain_header(plain) : command.header();
    last_mac_ = virtualcard::single_des_mac(mac_, icv(), concat({header, lc, plain.data}));
    if (first_mac_.empty()) first_mac_ = last_mac_;
    if (virtualcard::has_c_decryption(level) && !plain.data.empty()) {
      command.data = plain_bytes(virtualcard::triple_des_encrypt(enc_, virtualcard::pad_des(plain.data)));
    }
    append(command.data, last_mac_);
    return command;
  }

  /// The chain of R-MACs begins, under the key of this counter.
  void begin_r_macs(std::uint32_t counter) {
    auto keys = keys_;
    keys.sequence_counter = counter;
    r_key_ = Scp02Host(keys, i_, aid_).session_key(0x02, keys_.mac);
    r_mac_ =
        (i_ & 0x08) != 0 ? virtualcard::single_des_mac(r_key_, Bytes(8, 0x00), aid_.bytes()) : first_mac_;
  }
  void count_in(const CommandApdu& plain, const ResponseApdu& response) {
    const auto lc = length_field(plain.data.size());
    const Bytes li{static_cast<std::uint8_t>(response.data.size())};
    r_mac_ = virtualcard::single_des_mac(
        r_key_, r_mac_, concat({plain_header(plain), lc, plain.data, li, response.encode()}));
  }
  [[nodiscard]] const Bytes& r_mac() const { return r_mac_; }

  [[nodiscard]] ResponseApdu unwrap(const CommandApdu& plain, const ResponseApdu& response,
                                    ResponseProtection protection) override {
    if (protection == ResponseProtection::none) return response;
    auto unwrapped = response;
    if (protection == ResponseProtection::r_mac) {
      need(response.data.size() >= 8, "a response without R-MAC");
      unwrapped.data.resize(response.data.size() - 8);
    }
    count_in(plain, unwrapped);
    need(protection == ResponseProtection::counted_in || equal(ByteView(response.data).last(8), r_mac_),
         "a wrong R-MAC");
    return unwrapped;
  }

 private:
  [[nodiscard]] virtualcard::Key session_key(std::uint8_t constant, const virtualcard::Key& base) const {
    const auto counter = keys_.sequence_counter;
    Bytes data{0x01, constant, static_cast<std::uint8_t>(counter >> 8), static_cast<std::uint8_t>(counter)};
    data.resize(16);
    return virtualcard::triple_des_encrypt(base, data);
  }
  static Bytes plain_header(const CommandApdu& plain) {
    return {static_cast<std::uint8_t>(plain.cla & 0xF3), plain.ins, plain.p1, plain.p2};
  }
  [[nodiscard]] Bytes icv() const {
    if (last_mac_.empty() && (i_ & 0x08) != 0) {
      return virtualcard::single_des_mac(mac_, Bytes(8, 0x00), aid_.bytes());
    }
    if (last_mac_.empty()) return Bytes(8, 0x00);
    return (i_ & 0x10) != 0 ? virtualcard::encrypt_icv(mac_, last_mac_) : last_mac_;
  }

  std::uint8_t i_;
  virtualcard::KeySet keys_;
  Aid aid_;
  virtualcard::Key enc_;
  virtualcard::Key mac_;
  virtualcard::Key r_key_;
  Bytes host_;
  Bytes card_;
  Bytes cryptogram_;
  Bytes first_mac_;
  Bytes last_mac_;
  Bytes r_mac_;
};

}  // namespace gpsh::test
