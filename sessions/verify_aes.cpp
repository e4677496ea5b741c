// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <vector>

#include "gp/aes.h"
#include "gp/crypto.h"
#include "gp/encryption_counter.h"
#include "gp/scp03_derivation.h"
#include "gp/secure_messaging.h"
#include "sessions/verify_channel.h"

namespace gpsh::sessions {
namespace {

using gp::AesBlock;
using gp::DerivationConstant;

/// SCP03 (AmdD 1.2).
class AesCheck final : public ChannelCheck {
 public:
  explicit AesCheck(const ChannelFacts& facts)
      : enc_(facts.keys.enc),
        mac_(facts.keys.mac),
        mac_bytes_(facts.answer.card_challenge.size()),
        context_(concat({facts.host_challenge, facts.answer.card_challenge})),
        card_cryptogram_(facts.answer.card_cryptogram) {
    if (!facts.keys.response_mac.empty()) response_mac_.emplace(facts.keys.response_mac);
  }

  bool card_cryptogram_fits() override {
    return gp::constant_time_equal(cryptogram(DerivationConstant::card_cryptogram), card_cryptogram_);
  }
  AuthenticationCheck authenticate(const CommandApdu& wire) override;
  CommandCheck command(const CommandApdu& wire) override;
  ResponseCheck response(const ResponseApdu& wire) override;

 private:
  enum class Header { modified, unmodified };
  enum class Way { command, response };

  [[nodiscard]] Bytes cryptogram(DerivationConstant constant) {
    return gp::derive_data(mac_, {.constant = constant, .bytes = mac_bytes_, .context = context_});
  }
  [[nodiscard]] AesBlock c_mac(const AesBlock& chain, const CommandApdu& wire, Header header);
  [[nodiscard]] MacReading take_mac(const CommandApdu& wire);
  [[nodiscard]] std::optional<Bytes> decrypted(ByteView data, Way way) const;
  [[nodiscard]] std::optional<Bytes> decrypted(ByteView data, const AesBlock& counter) const;

  gp::Aes enc_;
  gp::Cmac mac_;
  std::optional<gp::Cmac> response_mac_{};
  std::size_t mac_bytes_;
  Bytes context_;  ///< host challenge and card challenge
  Bytes card_cryptogram_;
  gp::SecurityLevel level_;
  std::vector<AesBlock> chains_{AesBlock{}};  ///< what may start the next C-MAC, the likeliest first
  gp::EncryptionCounter counter_{};
  gp::EncryptionCounter counter_with_data_{};  ///< of programs that count only commands with data
};

AuthenticationCheck AesCheck::authenticate(const CommandApdu& wire) {
  level_ = gp::SecurityLevel(wire.p1);
  AuthenticationCheck result;
  const ByteView data = wire.data;
  if (data.size() < mac_bytes_) return result;
  result.host_cryptogram_right =
      gp::constant_time_equal(cryptogram(DerivationConstant::host_cryptogram), data.first(mac_bytes_));
  if (data.size() == 2 * mac_bytes_) result.mac_right = take_mac(wire) == MacReading::right;
  return result;
}

AesBlock AesCheck::c_mac(const AesBlock& chain, const CommandApdu& wire, Header header) {
  const auto body = ByteView(wire.data).first(wire.data.size() - mac_bytes_);
  const bool modified = header == Header::modified;
  const std::array<std::uint8_t, 5> bytes = {
      modified ? gp::mac_class(wire.cla) : gp::plain_class(wire.cla), wire.ins, wire.p1, wire.p2,
      static_cast<std::uint8_t>(body.size() + (modified ? mac_bytes_ : 0))};
  return mac_.compute({chain, bytes, body});
}

/// Only half of a C-MAC is sent, so the chain goes on with what was computed, as if the command had counted,
/// and for a wrong one also as if it had not.
MacReading AesCheck::take_mac(const CommandApdu& wire) {
  const auto mac = ByteView(wire.data).last(mac_bytes_);
  for (const auto header : {Header::modified, Header::unmodified}) {
    for (const auto& chain : chains_) {
      const auto computed = c_mac(chain, wire, header);
      if (!gp::constant_time_equal(ByteView(computed).first(mac_bytes_), mac)) continue;
      chains_ = {computed};
      return header == Header::modified ? MacReading::right : MacReading::header_unmodified;
    }
  }
  const auto before = chains_.front();
  chains_ = {c_mac(before, wire, Header::modified), before};
  return MacReading::wrong;
}

std::optional<Bytes> AesCheck::decrypted(ByteView data, const AesBlock& counter) const {
  const auto padded = enc_.cbc_decrypt(enc_.encrypt_block(counter), data);
  const auto plain = gp::without_pad80(padded);
  return plain ? std::optional(to_bytes(*plain)) : std::nullopt;
}

std::optional<Bytes> AesCheck::decrypted(ByteView data, Way way) const {
  if (data.empty() || data.size() % gp::kAesBlockBytes != 0) return std::nullopt;
  const auto block = [way](const gp::EncryptionCounter& counter) {
    return way == Way::command ? counter.command_block() : counter.response_block();
  };
  if (auto plain = decrypted(data, block(counter_))) return plain;
  return decrypted(data, block(counter_with_data_));
}

CommandCheck AesCheck::command(const CommandApdu& wire) {
  CommandCheck result;
  if (wire.data.size() < mac_bytes_) return result;
  result.reading = take_mac(wire);
  const auto body = ByteView(wire.data).first(wire.data.size() - mac_bytes_);
  std::optional<Bytes> plain;
  if (level_.c_decryption()) {
    counter_.advance();
    if (!body.empty()) counter_with_data_.advance();
  }
  if (!level_.c_decryption() || body.empty()) {
    plain = to_bytes(body);
  } else {
    plain = decrypted(body, Way::command);
    result.decrypted = plain.has_value();
  }
  if (plain) {
    result.plain = CommandApdu{.cla = gp::plain_class(wire.cla),
                               .ins = wire.ins,
                               .p1 = wire.p1,
                               .p2 = wire.p2,
                               .data = std::move(*plain),
                               .le = wire.le};
  }
  return result;
}

ResponseCheck AesCheck::response(const ResponseApdu& wire) {
  ResponseCheck result;
  if (!response_mac_ || wire.data.size() < mac_bytes_) return result;
  const auto data = ByteView(wire.data).first(wire.data.size() - mac_bytes_);
  const auto mac = ByteView(wire.data).last(mac_bytes_);
  const std::array<std::uint8_t, 2> sw = {wire.sw.sw1(), wire.sw.sw2()};
  for (const auto& chain : chains_) {
    const auto computed = response_mac_->compute({chain, data, sw});
    result.right = result.right || gp::constant_time_equal(ByteView(computed).first(mac_bytes_), mac);
  }
  if (!result.right) {
    const auto computed = response_mac_->compute({AesBlock{}, data, sw});
    result.right_from_zeros = gp::constant_time_equal(ByteView(computed).first(mac_bytes_), mac);
    return result;
  }
  auto plain =
      level_.r_encryption() && !data.empty() ? decrypted(data, Way::response) : std::optional(to_bytes(data));
  result.decrypted = level_.r_encryption() && !data.empty() && plain;
  if (plain) result.plain = ResponseApdu{.data = std::move(*plain), .sw = wire.sw};
  return result;
}

}  // namespace

std::unique_ptr<ChannelCheck> make_aes_check(const ChannelFacts& facts) {
  return std::make_unique<AesCheck>(facts);
}

}  // namespace gpsh::sessions
