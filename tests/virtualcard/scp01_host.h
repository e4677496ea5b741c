// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/virtualcard/host_protocol.h"
#include "virtualcard/card_state.h"

namespace gpsh::test {

/// SCP01 (GPCS 2.3.1 appendix D).
class Scp01Host final : public HostProtocol {
 public:
  Scp01Host(const virtualcard::KeySet& keys, std::uint8_t i, ByteView host_challenge, ByteView answer)
      : encrypts_icv_(i == 0x15),
        host_(to_bytes(host_challenge)),
        card_(to_bytes(answer.subspan(12, 8))),
        cryptogram_(to_bytes(answer.subspan(20, 8))) {
    const auto data = concat({ByteView(card_).last(4), ByteView(host_).first(4), ByteView(card_).first(4),
                              ByteView(host_).last(4)});
    enc_ = virtualcard::triple_des_encrypt_ecb(keys.enc, data);
    mac_ = virtualcard::triple_des_encrypt_ecb(keys.mac, data);
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
    const auto lc = length_field(plain.data.size() + 8);
    const auto icv = encrypts_icv_ && last_mac_ != Bytes(8, 0x00)
                         ? plain_bytes(virtualcard::triple_des_encrypt_ecb(mac_, last_mac_))
                         : last_mac_;
    last_mac_ = virtualcard::full_triple_des_mac(mac_, icv, concat({command.header(), lc, plain.data}));
    if (level == SecurityLevel::c_decryption_c_mac && !plain.data.empty()) {
      auto padded = concat({Bytes{static_cast<std::uint8_t>(plain.data.size())}, plain.data});
      if (padded.size() % 8 != 0) padded = virtualcard::pad_des(padded);
      command.data = plain_bytes(virtualcard::triple_des_encrypt(enc_, padded));
    }
    append(command.data, last_mac_);
    return command;
  }

  [[nodiscard]] ResponseApdu unwrap(const CommandApdu&, const ResponseApdu& response,
                                    ResponseProtection) override {
    return response;
  }

 private:
  bool encrypts_icv_;
  Bytes host_;
  Bytes card_;
  Bytes cryptogram_;
  virtualcard::Key enc_;
  virtualcard::Key mac_;
  Bytes last_mac_ = Bytes(8, 0x00);
};

}  // namespace gpsh::test
