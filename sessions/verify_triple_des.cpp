// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <vector>

#include "core/error.h"
#include "gp/crypto.h"
#include "gp/scp01.h"
#include "gp/scp02_response_mac.h"
#include "gp/secure_messaging.h"
#include "sessions/verify_channel.h"

namespace gpsh::sessions {
namespace {

constexpr std::size_t kMacBytes = 8;
constexpr std::size_t kCryptogramBytes = 8;
constexpr std::array<std::uint8_t, gp::kDesBlockBytes> kZeros{};

enum class Input { plain, padded, ciphertext };
enum class Start { encrypted, clear, zeros };
enum class Header { modified, unmodified };

/// One way in which a C-MAC may have been made.
struct Way {
  MacReading reading;
  Input input = Input::plain;
  Start start = Start::encrypted;
  Header header = Header::modified;
};

/// The specifications' two first.
constexpr std::array kWays = {
    Way{.reading = MacReading::start_encrypted},
    Way{.reading = MacReading::start_clear, .start = Start::clear},
    Way{.reading = MacReading::start_zeros, .start = Start::zeros},
    Way{.reading = MacReading::header_unmodified, .header = Header::unmodified},
    Way{.reading = MacReading::header_unmodified, .start = Start::clear, .header = Header::unmodified},
    Way{.reading = MacReading::over_padding, .input = Input::padded},
    Way{.reading = MacReading::over_padding, .input = Input::padded, .start = Start::clear},
    Way{.reading = MacReading::over_ciphertext, .input = Input::ciphertext},
    Way{.reading = MacReading::over_ciphertext, .input = Input::ciphertext, .start = Start::clear},
};

/// The data of a command in the forms a C-MAC may be over; nothing where there is no such form.
struct Forms {
  std::optional<Bytes> plain{};
  std::optional<Bytes> padded{};
  std::optional<Bytes> ciphertext{};

  [[nodiscard]] const std::optional<Bytes>& form(Input input) const {
    switch (input) {
      case Input::plain: return plain;
      case Input::padded: return padded;
      case Input::ciphertext: break;
    }
    return ciphertext;
  }
};

/// The plain response, if its R-MAC continues the chain; a wrong one leaves the chain as it is.
std::optional<ResponseApdu> verified(gp::Scp02ResponseMac& chain, const ResponseApdu& response) {
  try {
    auto plain = chain.received(response);
    if (chain.proof() == gp::ResponseProof::verified) return plain;
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::internal) throw;
  }
  return std::nullopt;
}

/// SCP01 (GPCS 2.1.1 appendix D) and SCP02 (GPCS 2.3.1 appendix E).
class TripleDesCheck final : public ChannelCheck {
 public:
  explicit TripleDesCheck(const ChannelFacts& facts)
      : protocol_(facts.protocol),
        enc_(facts.keys.enc),
        mac_(facts.keys.mac),
        retail_mac_(facts.keys.mac),
        response_mac_key_(facts.keys.response_mac.clone()),
        host_challenge_(to_bytes(facts.host_challenge)),
        card_challenge_(facts.answer.card_challenge),
        card_cryptogram_(facts.answer.card_cryptogram) {}

  bool card_cryptogram_fits() override {
    return gp::constant_time_equal(cryptogram(host_challenge_, card_challenge_), card_cryptogram_);
  }
  AuthenticationCheck authenticate(const CommandApdu& wire) override;
  CommandCheck command(const CommandApdu& wire) override;
  ResponseCheck response(const ResponseApdu& wire) override;

 private:
  [[nodiscard]] Bytes cryptogram(ByteView first, ByteView second) const {
    return enc_.cbc_mac(gp::pad80(concat({first, second}), gp::kDesBlockBytes));
  }
  [[nodiscard]] Bytes c_mac(const CommandApdu& wire, ByteView data, Header header, ByteView start);
  [[nodiscard]] Bytes start_after(ByteView mac, Start start) const;
  [[nodiscard]] Forms forms_of(ByteView body) const;
  [[nodiscard]] std::optional<Bytes> unpadded(ByteView padded) const;
  [[nodiscard]] MacReading reading_of(const CommandApdu& wire, const Forms& forms);
  [[nodiscard]] MacReading reading_after(ByteView before, const CommandApdu& wire, const Forms& forms);
  void tell_response_macs(const CommandApdu& plain);

  std::uint8_t protocol_;
  gp::TripleDes enc_;
  gp::TripleDes mac_;
  gp::RetailMac retail_mac_;
  gp::Secret response_mac_key_;
  Bytes host_challenge_;
  Bytes card_challenge_;
  Bytes card_cryptogram_;
  gp::SecurityLevel level_;
  std::vector<Bytes> starts_{};     ///< C-MACs that may start the next, the likeliest first
  Start usual_ = Start::encrypted;  ///< how the last right one was started
  std::optional<gp::Scp02ResponseMac> response_mac_;
  std::optional<gp::Scp02ResponseMac> response_mac_from_zeros_;
};

AuthenticationCheck TripleDesCheck::authenticate(const CommandApdu& wire) {
  level_ = gp::SecurityLevel(wire.p1);
  AuthenticationCheck result;
  const ByteView data = wire.data;
  if (data.size() < kCryptogramBytes) return result;
  const auto host = data.first(kCryptogramBytes);
  result.host_cryptogram_right = gp::constant_time_equal(cryptogram(card_challenge_, host_challenge_), host);
  const auto mac = c_mac(wire, host, Header::modified, kZeros);
  if (data.size() == kCryptogramBytes + kMacBytes) {
    result.mac_right = gp::constant_time_equal(mac, data.last(kMacBytes));
    if (!result.mac_right) starts_.push_back(to_bytes(data.last(kMacBytes)));
  }
  starts_.push_back(mac);
  if (level_.r_mac() && !response_mac_key_.empty()) {
    response_mac_.emplace(response_mac_key_, mac, gp::ResponseProtection::r_mac);
    response_mac_from_zeros_.emplace(response_mac_key_, kZeros, gp::ResponseProtection::r_mac);
  }
  return result;
}

Bytes TripleDesCheck::c_mac(const CommandApdu& wire, ByteView data, Header header, ByteView start) {
  const bool modified = header == Header::modified;
  Bytes input;
  input.reserve(data.size() + 3 * gp::kDesBlockBytes);
  append(input, {modified ? gp::mac_class(wire.cla) : gp::plain_class(wire.cla), wire.ins, wire.p1, wire.p2,
                 static_cast<std::uint8_t>(data.size() + (modified ? kMacBytes : 0))});
  append(input, data);
  gp::append_pad80(input, gp::kDesBlockBytes);
  if (protocol_ != gp::Scp01::kNumber) return retail_mac_.compute(start, input);
  mac_.cbc_encrypt_in_place(start, input);
  return to_bytes(ByteView(input).last(kMacBytes));
}

Bytes TripleDesCheck::start_after(ByteView mac, Start start) const {
  if (start == Start::zeros) return Bytes(kMacBytes);
  if (start == Start::clear) return to_bytes(mac);
  return protocol_ == gp::Scp01::kNumber ? mac_.ecb_encrypt(mac) : retail_mac_.encrypt_start(mac);
}

/// SCP01 puts a length in front (GPCS 2.1.1 section D.3.4), SCP02 pads (GPCS 2.3.1 section E.4.6).
std::optional<Bytes> TripleDesCheck::unpadded(ByteView padded) const {
  if (protocol_ != gp::Scp01::kNumber) {
    const auto plain = gp::without_pad80(padded);
    return plain ? std::optional(to_bytes(*plain)) : std::nullopt;
  }
  const std::size_t length = padded.front();
  if (length >= padded.size()) return std::nullopt;
  return to_bytes(padded.subspan(1, length));
}

Forms TripleDesCheck::forms_of(ByteView body) const {
  if (!level_.c_decryption() || body.empty()) return {.plain = to_bytes(body)};
  if (body.size() % gp::kDesBlockBytes != 0) return {.ciphertext = to_bytes(body)};
  auto padded = enc_.cbc_decrypt(kZeros, body);
  auto plain = unpadded(padded);
  return {.plain = std::move(plain), .padded = std::move(padded), .ciphertext = to_bytes(body)};
}

MacReading TripleDesCheck::reading_after(ByteView before, const CommandApdu& wire, const Forms& forms) {
  const auto mac = ByteView(wire.data).last(kMacBytes);
  for (const auto& way : kWays) {
    const auto& data = forms.form(way.input);
    if (!data) continue;
    const auto computed = c_mac(wire, *data, way.header, start_after(before, way.start));
    if (gp::constant_time_equal(computed, mac)) return way.reading;
  }
  return MacReading::wrong;
}

/// After a wrong C-MAC the next may start from what was sent, from what should have been sent, or from the
/// one before.
MacReading TripleDesCheck::reading_of(const CommandApdu& wire, const Forms& forms) {
  auto mac = to_bytes(ByteView(wire.data).last(kMacBytes));
  for (const auto& before : starts_) {
    const auto reading = reading_after(before, wire, forms);
    if (reading == MacReading::wrong) continue;
    if (reading == MacReading::start_clear) usual_ = Start::clear;
    if (reading == MacReading::start_encrypted) usual_ = Start::encrypted;
    starts_ = {std::move(mac)};
    return reading;
  }
  std::vector<Bytes> starts = {std::move(mac)};
  if (forms.plain && !starts_.empty()) {
    starts.push_back(c_mac(wire, *forms.plain, Header::modified, start_after(starts_.front(), usual_)));
  }
  if (!starts_.empty()) starts.push_back(std::move(starts_.front()));
  starts_ = std::move(starts);
  return MacReading::wrong;
}

CommandCheck TripleDesCheck::command(const CommandApdu& wire) {
  CommandCheck result;
  if (wire.data.size() < kMacBytes) return result;
  auto forms = forms_of(ByteView(wire.data).first(wire.data.size() - kMacBytes));
  result.reading = reading_of(wire, forms);
  result.decrypted = forms.plain && forms.padded;
  if (forms.plain) {
    result.plain = CommandApdu{.cla = gp::plain_class(wire.cla),
                               .ins = wire.ins,
                               .p1 = wire.p1,
                               .p2 = wire.p2,
                               .data = std::move(*forms.plain),
                               .le = wire.le};
  }
  if (response_mac_) tell_response_macs(result.plain ? *result.plain : wire);
  return result;
}

void TripleDesCheck::tell_response_macs(const CommandApdu& plain) {
  response_mac_->sent(plain);
  response_mac_from_zeros_->sent(plain);
}

ResponseCheck TripleDesCheck::response(const ResponseApdu& wire) {
  ResponseCheck result;
  if (!response_mac_) return result;
  result.plain = verified(*response_mac_, wire);
  result.right = result.plain.has_value();
  const auto from_zeros = verified(*response_mac_from_zeros_, wire);
  result.right_from_zeros = !result.right && from_zeros;
  return result;
}

}  // namespace

std::unique_ptr<ChannelCheck> make_triple_des_check(const ChannelFacts& facts) {
  return std::make_unique<TripleDesCheck>(facts);
}

}  // namespace gpsh::sessions
