// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "tests/virtualcard/channel_host.h"
#include "virtualcard/key_fields.h"

namespace gpsh::test {

/// A host that hides keys as its session does.
class KeyHost : public ChannelHost {
 public:
  explicit KeyHost(virtualcard::Profile profile)
      : ChannelHost(std::move(profile)), dek_(state().default_key_set().dek) {}
  explicit KeyHost(std::string_view profile) : KeyHost(virtualcard::load_profile(profile)) {}

  /// Opens a session; the key for secrets is that of its key set and counter.
  void begin(std::uint8_t level = 0x01) {
    const auto base = keys().dek;  // as it is when the session begins
    const auto answered = open(level);
    if (answered != "9000") throw std::runtime_error("the session does not open: " + answered);
    dek_ = options().protocol == virtualcard::Protocol::scp02 ? scp02_dek(base, sequence_counter()) : base;
  }
  /// The next command starts a session; secrets travel under the key of the counter after it, chained
  /// (GPCS 2.3.1 E.1.2.2 and E.4.7).
  void begin_implicitly() {
    dek_ = scp02_dek(keys().dek, keys().sequence_counter + 1);
    start_implicitly();
  }
  [[nodiscard]] Bytes hide(ByteView secret) const {
    if (options().protocol == virtualcard::Protocol::scp03) {
      return virtualcard::aes_encrypt(dek_, Bytes(16, 0x00), secret);
    }
    const bool chained = !options().explicit_initiation();
    return plain_bytes(chained ? virtualcard::triple_des_encrypt(dek_, secret)
                               : virtualcard::triple_des_encrypt_ecb(dek_, secret));
  }
  /// A key data field: type, hidden key, check value.
  [[nodiscard]] std::string field(std::uint8_t type, std::string_view key) const {
    const auto plain = hex(key);
    const auto kcv = virtualcard::key_check_value(type, virtualcard::make_key(plain));
    const auto hidden = hide(plain);
    return to_hex(type) + to_hex(static_cast<std::uint8_t>(hidden.size())) + to_hex(hidden) + "03" +
           to_hex(kcv);
  }
  /// The same with the key's length before it (GPCS 2.3.1 Table 11-70).
  [[nodiscard]] std::string prefixed_field(std::uint8_t type, std::string_view key) const {
    auto plain = hex(key);
    const auto length = static_cast<std::uint8_t>(plain.size());
    const auto kcv = virtualcard::key_check_value(type, virtualcard::make_key(plain));
    while (plain.size() % 16 != 0) plain.push_back(0xEE);
    const auto hidden = hide(plain);
    return to_hex(type) + to_hex(static_cast<std::uint8_t>(hidden.size() + 1)) + to_hex(length) +
           to_hex(hidden) + "03" + to_hex(kcv);
  }
  /// `header`: P1 and P2.
  std::string put_key(std::string_view header, std::string_view data) {
    return send_wrapped("80D8" + std::string(header) + lc(data) + std::string(data) + "00");
  }
  std::string store_data(std::string_view header, std::string_view data) {
    return send_wrapped("80E2" + std::string(header) + lc(data) + std::string(data));
  }

  static std::string lc(std::string_view data) { return to_hex(static_cast<std::uint8_t>(data.size() / 2)); }

 private:
  [[nodiscard]] static virtualcard::Key scp02_dek(const virtualcard::Key& base, std::uint32_t counter) {
    Bytes data{0x01, 0x81, static_cast<std::uint8_t>(counter >> 8), static_cast<std::uint8_t>(counter)};
    data.resize(16);
    return virtualcard::triple_des_encrypt(base, data);
  }

  virtualcard::Key dek_;
};

}  // namespace gpsh::test
