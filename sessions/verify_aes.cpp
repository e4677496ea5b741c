// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <vector>

#include "gp/aes.h"
#include "gp/crypto.h"
#include "gp/encryption_counter.h"
#include "gp/r_mac_session.h"
#include "gp/scp03_derivation.h"
#include "gp/secure_messaging.h"
#include "sessions/teach_aes.h"
#include "sessions/verify_channel.h"

namespace gpsh::sessions {
namespace {

using gp::AesBlock;
using gp::DerivationConstant;

/// SCP03 (AmdD 1.2).
class AesCheck final : public ChannelCheck {
 public:
  explicit AesCheck(const ChannelFacts& facts)
      : ChannelCheck(facts.teaching),
        enc_(facts.keys.enc),
        mac_(facts.keys.mac),
        mac_bytes_(facts.answer.card_challenge.size()),
        context_(concat({facts.host_challenge, facts.answer.card_challenge})),
        card_cryptogram_(facts.answer.card_cryptogram) {
    if (!facts.keys.response_mac.empty()) response_mac_.emplace(facts.keys.response_mac);
  }

  bool card_cryptogram_fits() override {
    return cryptogram_is(DerivationConstant::card_cryptogram, card_cryptogram_);
  }
  AuthenticationCheck authenticate(const CommandApdu& wire) override;
  CommandCheck command(const CommandApdu& wire) override;
  void plain_command(const CommandApdu&) override {}  // SCP03 has no level with R-MAC and without C-MAC
  std::optional<ResponseCheck> response(const ResponseApdu& wire) override;
  [[nodiscard]] gp::SecurityLevel level() const override { return level_; }

 private:
  enum class Way { command, response };

  [[nodiscard]] bool cryptogram_is(DerivationConstant constant, ByteView logged);
  [[nodiscard]] AesBlock c_mac(const AesBlock& chain, const CommandApdu& wire, MacHeader header);
  [[nodiscard]] MacReading take_mac(const CommandApdu& wire);
  [[nodiscard]] std::optional<Bytes> decrypted(ByteView data, Way way);
  [[nodiscard]] std::optional<Bytes> decrypted(ByteView data, const AesBlock& counter);
  [[nodiscard]] ResponseCheck with_mac(const ResponseApdu& wire);
  [[nodiscard]] ResponseCheck judged(const ResponseApdu& wire);
  void follow_r_mac_session(StatusWord sw);
  void teach_c_mac(const AesBlock& chain, const CommandApdu& wire, MacHeader header);

  gp::Aes enc_;
  gp::Cmac mac_;
  std::optional<gp::Cmac> response_mac_{};
  std::size_t mac_bytes_;
  Bytes context_;  ///< host challenge and card challenge
  Bytes card_cryptogram_;
  gp::SecurityLevel agreed_level_;  ///< of EXTERNAL AUTHENTICATE
  gp::SecurityLevel level_;
  CommandApdu last_command_{};                ///< without data
  std::vector<AesBlock> chains_{AesBlock{}};  ///< what may start the next C-MAC, the likeliest first
  gp::EncryptionCounter counter_{};
  gp::EncryptionCounter counter_with_data_{};  ///< of programs that count only commands with data
};

bool AesCheck::cryptogram_is(DerivationConstant constant, ByteView logged) {
  const gp::Scp03Derivation derivation{.constant = constant, .bytes = mac_bytes_, .context = context_};
  const auto result = gp::derive_data(mac_, derivation);
  if (teaches()) teach(cryptogram_step(derivation, result, logged));
  return gp::constant_time_equal(result, logged);
}

AuthenticationCheck AesCheck::authenticate(const CommandApdu& wire) {
  agreed_level_ = level_ = gp::SecurityLevel(wire.p1);
  AuthenticationCheck result;
  const ByteView data = wire.data;
  if (data.size() < mac_bytes_) return result;
  result.host_cryptogram_right = cryptogram_is(DerivationConstant::host_cryptogram, data.first(mac_bytes_));
  if (data.size() == 2 * mac_bytes_) result.mac_right = take_mac(wire) == MacReading::right;
  return result;
}

AesBlock AesCheck::c_mac(const AesBlock& chain, const CommandApdu& wire, MacHeader header) {
  const auto body = ByteView(wire.data).first(wire.data.size() - mac_bytes_);
  return mac_.compute({chain, command_mac_header(wire, header, mac_bytes_), body});
}

void AesCheck::teach_c_mac(const AesBlock& chain, const CommandApdu& wire, MacHeader header) {
  if (!teaches()) return;
  teach(command_mac_step({.chain = chain,
                          .wire = wire,
                          .header = header,
                          .mac_bytes = mac_bytes_,
                          .result = c_mac(chain, wire, header)}));
}

/// In S8 mode only half of a C-MAC is sent, so the chain goes on with what was computed, as if the command
/// had counted, and for a wrong one also as if it had not. In S16 mode a wrong one is itself what the program
/// went on with where its command is what differs.
MacReading AesCheck::take_mac(const CommandApdu& wire) {
  const auto mac = ByteView(wire.data).last(mac_bytes_);
  for (const auto header : {MacHeader::modified, MacHeader::unmodified}) {
    for (const auto& chain : chains_) {
      const auto computed = c_mac(chain, wire, header);
      if (!gp::constant_time_equal(ByteView(computed).first(mac_bytes_), mac)) continue;
      teach_c_mac(chain, wire, header);
      chains_ = {computed};
      return header == MacHeader::modified ? MacReading::right : MacReading::header_unmodified;
    }
  }
  const auto before = chains_.front();
  teach_c_mac(before, wire, MacHeader::modified);
  const bool zeros =
      gp::constant_time_equal(ByteView(c_mac(AesBlock{}, wire, MacHeader::modified)).first(mac_bytes_), mac);
  const bool behind_wrong = chains_.size() > 1;
  chains_ = {c_mac(before, wire, MacHeader::modified), before};
  if (zeros) return MacReading::start_zeros;
  if (mac.size() < gp::kAesBlockBytes) return behind_wrong ? MacReading::behind_wrong : MacReading::wrong;
  auto& sent = chains_.emplace_back();
  std::ranges::copy(mac, sent.begin());
  return MacReading::wrong;
}

std::optional<Bytes> AesCheck::decrypted(ByteView data, const AesBlock& counter) {
  const auto start = enc_.encrypt_block(counter);
  const auto padded = enc_.cbc_decrypt(start, data);
  const auto plain = gp::without_pad80(padded);
  if (!plain) return std::nullopt;
  if (teaches()) teach(decryption_step({.counter = counter, .start = start, .data = data, .padded = padded}));
  return to_bytes(*plain);
}

std::optional<Bytes> AesCheck::decrypted(ByteView data, Way way) {
  if (data.empty() || data.size() % gp::kAesBlockBytes != 0) return std::nullopt;
  const auto block = [way](const gp::EncryptionCounter& counter) {
    return way == Way::command ? counter.command_block() : counter.response_block();
  };
  if (auto plain = decrypted(data, block(counter_))) return plain;
  return decrypted(data, block(counter_with_data_));
}

CommandCheck AesCheck::command(const CommandApdu& wire) {
  CommandCheck result;
  last_command_ = {.cla = wire.cla, .ins = wire.ins, .p1 = wire.p1, .p2 = wire.p2};
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

/// Errors carry neither R-MAC nor data (AmdD 1.2 section 6.2.5): one with data is no error, or not the
/// card's.
std::optional<ResponseCheck> AesCheck::response(const ResponseApdu& wire) {
  if (!wire.sw.ok() && !wire.sw.warning()) {
    return level_.r_mac() && !wire.data.empty() ? std::optional(ResponseCheck{}) : std::nullopt;
  }
  std::optional<ResponseCheck> result;
  if (level_.r_mac()) result = with_mac(wire);
  follow_r_mac_session(wire.sw);
  return result;
}

/// BEGIN adds to the level and END takes it back, each from the next response on (sections 7.1.3 and 7.1.4).
void AesCheck::follow_r_mac_session(StatusWord sw) {
  if (!sw.ok() || (last_command_.cla & 0x80) == 0) return;
  if (last_command_.ins == gp::kBeginRMacSession) {
    level_ = gp::SecurityLevel(static_cast<std::uint8_t>(agreed_level_.value() | last_command_.p1));
  } else if (last_command_.ins == gp::kEndRMacSession) {
    level_ = agreed_level_;
  }
}

/// Without its key, an R-MAC is taken off all the same.
ResponseCheck AesCheck::with_mac(const ResponseApdu& wire) {
  if (wire.data.size() < mac_bytes_) return {};
  auto result = response_mac_ ? judged(wire) : ResponseCheck{.unchecked = true};
  if (!result.right && !result.unchecked) return result;
  const auto data = ByteView(wire.data).first(wire.data.size() - mac_bytes_);
  auto plain =
      level_.r_encryption() && !data.empty() ? decrypted(data, Way::response) : std::optional(to_bytes(data));
  result.decrypted = level_.r_encryption() && !data.empty() && plain;
  if (plain) result.plain = ResponseApdu{.data = std::move(*plain), .sw = wire.sw};
  return result;
}

ResponseCheck AesCheck::judged(const ResponseApdu& wire) {
  ResponseCheck result;
  const auto data = ByteView(wire.data).first(wire.data.size() - mac_bytes_);
  const auto mac = ByteView(wire.data).last(mac_bytes_);
  const std::array<std::uint8_t, 2> sw = {wire.sw.sw1(), wire.sw.sw2()};
  const auto computed_after = [&](const AesBlock& chain) {
    return response_mac_->compute({chain, data, sw});
  };
  const auto fits = [&](const AesBlock& chain) {
    return gp::constant_time_equal(ByteView(computed_after(chain)).first(mac_bytes_), mac);
  };
  const auto chain = std::ranges::find_if(chains_, fits);
  result.right = chain != chains_.end();
  if (teaches()) {
    const auto& used = result.right ? *chain : chains_.front();
    teach(response_mac_step(
        {.chain = used, .data = data, .sw = wire.sw, .mac = mac, .result = computed_after(used)}));
  }
  if (!result.right) result.right_from_zeros = fits(AesBlock{});
  return result;
}

}  // namespace

std::unique_ptr<ChannelCheck> make_aes_check(const ChannelFacts& facts) {
  return std::make_unique<AesCheck>(facts);
}

}  // namespace gpsh::sessions
