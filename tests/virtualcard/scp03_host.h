// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/virtualcard/host_protocol.h"
#include "virtualcard/card_state.h"

namespace gpsh::test {

/// SCP03 (AmdD v1.2).
class Scp03Host final : public HostProtocol {
 public:
  /// `answer`: the data field of the answer to INITIALIZE UPDATE.
  Scp03Host(const virtualcard::KeySet& keys, std::uint8_t i, ByteView host_challenge, ByteView answer)
      : bytes_((i & 0x01) != 0 ? 16 : 8),
        context_(concat({host_challenge, answer.subspan(13, bytes_)})),
        cryptogram_(to_bytes(answer.subspan(13 + bytes_, bytes_))),
        enc_(virtualcard::aes_derive(keys.enc, 0x04, keys.enc.size(), context_)),
        mac_(virtualcard::aes_derive(keys.mac, 0x06, keys.mac.size(), context_)),
        r_mac_(virtualcard::aes_derive(keys.mac, 0x07, keys.mac.size(), context_)) {}

  [[nodiscard]] bool card_cryptogram_ok() const override { return cryptogram(0x00) == cryptogram_; }
  [[nodiscard]] Bytes host_cryptogram() const override { return cryptogram(0x01); }

  [[nodiscard]] CommandApdu wrap(const CommandApdu& plain, SecurityLevel level) override {
    auto command = plain;
    command.cla |= 0x04;
    if (virtualcard::has_c_decryption(level)) {
      ++counter_;
      if (!plain.data.empty()) {
        command.data = virtualcard::aes_encrypt(enc_, icv(0x00), virtualcard::pad_blocks(plain.data, kBlock));
      }
    }
    const auto lc = length_field(command.data.size() + bytes_);
    chain_ = virtualcard::aes_cmac(mac_, concat({chain_, command.header(), lc, command.data}));
    append(command.data, ByteView(chain_).first(bytes_));
    return command;
  }

  [[nodiscard]] ResponseApdu unwrap(const CommandApdu&, const ResponseApdu& response,
                                    ResponseProtection protection) override {
    const bool error = !response.sw.ok() && !response.sw.warning();
    if (protection == ResponseProtection::none || error) return response;
    need(response.data.size() >= bytes_, "a response without R-MAC");
    auto unwrapped = response;
    unwrapped.data.resize(response.data.size() - bytes_);
    const auto mac = virtualcard::aes_cmac(r_mac_, concat({chain_, unwrapped.encode()}));
    need(equal(ByteView(mac).first(bytes_), ByteView(response.data).last(bytes_)), "a wrong R-MAC");
    if (protection == ResponseProtection::r_encryption_r_mac && !unwrapped.data.empty()) {
      const auto padded = virtualcard::aes_decrypt(enc_, icv(0x80), unwrapped.data);
      const auto plain = virtualcard::unpad_blocks(padded, kBlock);
      need(plain.has_value(), "wrong padding");
      unwrapped.data = *plain;
    }
    return unwrapped;
  }

 private:
  static constexpr std::size_t kBlock = 16;

  [[nodiscard]] Bytes cryptogram(std::uint8_t constant) const {
    return plain_bytes(virtualcard::aes_derive(mac_, constant, bytes_, context_));
  }
  [[nodiscard]] Bytes icv(std::uint8_t first) const {
    Bytes block(kBlock, 0x00);
    block.front() = first;
    block.at(14) = static_cast<std::uint8_t>(counter_ >> 8);
    block.at(15) = static_cast<std::uint8_t>(counter_);
    return virtualcard::aes_encrypt_block(enc_, block);
  }

  std::size_t bytes_;
  Bytes context_;
  Bytes cryptogram_;
  virtualcard::Key enc_;
  virtualcard::Key mac_;
  virtualcard::Key r_mac_;
  Bytes chain_ = Bytes(kBlock, 0x00);
  unsigned counter_ = 0;
};

}  // namespace gpsh::test
