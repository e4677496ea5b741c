// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "gp/crypto.h"
#include "gp/scp01.h"
#include "gp/scp02.h"
#include "gp/secure_messaging.h"
#include "sessions/verify_channel.h"
#include "sessions/verify_command_mac.h"
#include "sessions/verify_response_mac.h"

namespace gpsh::sessions {
namespace {

constexpr std::size_t kMacBytes = LoggedCommandMac::kBytes;
constexpr std::size_t kCryptogramBytes = 8;
constexpr std::size_t kCounterBytes = 2;
constexpr gp::SecurityLevel kImplicitLevel(0x01);
constexpr std::array<std::uint8_t, gp::kDesBlockBytes> kZeros{};

/// SCP01 (GPCS 2.1.1 appendix D) and SCP02 (GPCS 2.3.1 appendix E).
class TripleDesCheck final : public ChannelCheck {
 public:
  explicit TripleDesCheck(const ChannelFacts& facts)
      : ChannelCheck(facts.teaching),
        protocol_(facts.protocol),
        enc_(std::in_place, facts.keys.enc),
        command_mac_(facts.protocol, facts.keys.mac),
        response_mac_(facts.keys, facts.teaching),
        host_challenge_(to_bytes(facts.host_challenge)),
        card_challenge_(facts.answer.card_challenge),
        card_cryptogram_(facts.answer.card_cryptogram) {}
  explicit TripleDesCheck(const ImplicitChannelFacts& facts);

  bool card_cryptogram_fits() override;
  AuthenticationCheck authenticate(const CommandApdu& wire) override;
  CommandCheck command(const CommandApdu& wire) override;
  void plain_command(const CommandApdu& wire) override { response_mac_.sent(wire); }
  std::optional<ResponseCheck> response(const ResponseApdu& wire) override;
  [[nodiscard]] gp::SecurityLevel level() const override { return response_mac_.level(); }

 private:
  [[nodiscard]] bool is_scp01() const { return protocol_ == gp::Scp01::kNumber; }
  [[nodiscard]] bool cryptogram_is(std::string_view name, std::vector<StepValue> input, ByteView logged);
  [[nodiscard]] std::vector<StepValue> card_input() const;
  [[nodiscard]] CommandForms forms_of(ByteView body) const;
  [[nodiscard]] std::optional<Bytes> unpadded(ByteView padded) const;
  void teach_decryption(const CommandForms& forms);

  std::uint8_t protocol_;
  std::optional<gp::TripleDes> enc_;  ///< none in an implicit channel
  LoggedCommandMac command_mac_;
  LoggedResponseMac response_mac_;
  Bytes host_challenge_;
  Bytes card_challenge_;
  Bytes card_cryptogram_;
};

TripleDesCheck::TripleDesCheck(const ImplicitChannelFacts& facts)
    : ChannelCheck(facts.teaching),
      protocol_(gp::Scp02::kNumber),
      command_mac_(gp::Scp02::kNumber, facts.keys.mac),
      response_mac_(facts.keys, facts.teaching) {
  const auto padded = gp::pad80(facts.application.bytes(), gp::kDesBlockBytes);
  const auto mac = gp::RetailMac(facts.keys.mac).compute(kZeros, padded);
  command_mac_.start_from(mac);
  response_mac_.opened_implicitly(kImplicitLevel, padded);
  if (!teaches()) return;
  CryptoStep step{.name = "MAC of the AID",
                  .method =
                      "single DES in CBC mode under the left half of S-MAC, the last block with triple "
                      "DES, ICV of zeros (GPCS 2.3.1 section E.3.2)"};
  const auto aid = facts.application.bytes();
  step.values.push_back(
      step_input({{.name = "AID", .bytes = to_bytes(aid)},
                  {.name = "padding", .bytes = to_bytes(ByteView(padded).subspan(aid.size()))}}));
  append_result(step, mac, {});
  teach(std::move(step));
}

/// SCP02's sequence counter is the front of its card challenge.
std::vector<StepValue> TripleDesCheck::card_input() const {
  if (is_scp01()) return {{.name = "card challenge", .bytes = card_challenge_}};
  const ByteView all = card_challenge_;
  return {{.name = "sequence counter", .bytes = to_bytes(all.first(kCounterBytes))},
          {.name = "card challenge", .bytes = to_bytes(all.subspan(kCounterBytes))}};
}

bool TripleDesCheck::cryptogram_is(std::string_view name, std::vector<StepValue> input, ByteView logged) {
  Bytes padded;
  for (const auto& part : input) append(padded, part.bytes);
  const auto length = padded.size();
  gp::append_pad80(padded, gp::kDesBlockBytes);
  const auto blocks = enc_->cbc_encrypt(kZeros, padded);
  const auto result = ByteView(blocks).last(kCryptogramBytes);
  if (teaches()) {
    CryptoStep step{.name = std::string(name),
                    .method = std::string("the last block of triple DES in CBC mode under S-ENC, ICV of "
                                          "zeros (") +
                              (is_scp01() ? "GPCS 2.1.1 section D.3.2)" : "GPCS 2.3.1 section E.4.2)")};
    input.push_back({.name = "padding", .bytes = to_bytes(ByteView(padded).subspan(length))});
    step.values.push_back(step_input(std::move(input)));
    step.values.push_back({.name = "encrypted", .bytes = blocks});
    append_result(step, result, logged);
    teach(std::move(step));
  }
  return gp::constant_time_equal(result, logged);
}

bool TripleDesCheck::card_cryptogram_fits() {
  std::vector<StepValue> input = {{.name = "host challenge", .bytes = host_challenge_}};
  for (auto& part : card_input()) input.push_back(std::move(part));
  return cryptogram_is("card cryptogram", std::move(input), card_cryptogram_);
}

AuthenticationCheck TripleDesCheck::authenticate(const CommandApdu& wire) {
  AuthenticationCheck result;
  const gp::SecurityLevel level(wire.p1);
  const ByteView data = wire.data;
  if (data.size() >= kCryptogramBytes) {
    const auto host = data.first(kCryptogramBytes);
    auto input = card_input();
    input.push_back({.name = "host challenge", .bytes = host_challenge_});
    result.host_cryptogram_right = cryptogram_is("host cryptogram", std::move(input), host);
    result.mac_right = command_mac_.first(wire, host);
    if (teaches()) teach(command_mac_.step());
  }
  response_mac_.authenticated(level, command_mac_.first_mac());
  return result;
}

/// SCP01 puts a length in front (GPCS 2.1.1 section D.3.4), SCP02 pads (GPCS 2.3.1 section E.4.6).
std::optional<Bytes> TripleDesCheck::unpadded(ByteView padded) const {
  if (!is_scp01()) {
    const auto plain = gp::without_pad80(padded);
    return plain ? std::optional(to_bytes(*plain)) : std::nullopt;
  }
  const std::size_t length = padded.front();
  if (length >= padded.size()) return std::nullopt;
  return to_bytes(padded.subspan(1, length));
}

CommandForms TripleDesCheck::forms_of(ByteView body) const {
  if (!level().c_decryption() || body.empty() || !enc_) return {.plain = to_bytes(body)};
  if (body.size() % gp::kDesBlockBytes != 0) return {.ciphertext = to_bytes(body)};
  auto padded = enc_->cbc_decrypt(kZeros, body);
  auto plain = unpadded(padded);
  return {.plain = std::move(plain), .padded = std::move(padded), .ciphertext = to_bytes(body)};
}

void TripleDesCheck::teach_decryption(const CommandForms& forms) {
  CryptoStep step{.name = "C-DECRYPTION",
                  .method = std::string("triple DES in CBC mode under S-ENC (") +
                            (is_scp01() ? "GPCS 2.1.1 section D.3.4)" : "GPCS 2.3.1 section E.4.6)")};
  step.values.push_back({.name = "ICV", .bytes = to_bytes(kZeros), .words = "zeros, at every command"});
  step.values.push_back({.name = "encrypted data", .bytes = *forms.ciphertext, .whose = Whose::application});
  const ByteView padded = *forms.padded;
  if (!forms.plain) {
    step.values.push_back({.name = "decrypted",
                           .bytes = to_bytes(padded),
                           .words = "not padded as it should be",
                           .whose = Whose::application});
    return teach(std::move(step));
  }
  const std::size_t front = is_scp01() ? 1 : 0;
  step.values.push_back(
      step_input({{.name = "length", .bytes = to_bytes(padded.first(front))},
                  {.name = "data", .bytes = *forms.plain, .whose = Whose::application},
                  {.name = "padding", .bytes = to_bytes(padded.subspan(front + forms.plain->size()))}},
                 "decrypted"));
  teach(std::move(step));
}

CommandCheck TripleDesCheck::command(const CommandApdu& wire) {
  CommandCheck result;
  if (wire.data.size() < kMacBytes) return result;
  auto forms = forms_of(ByteView(wire.data).first(wire.data.size() - kMacBytes));
  result.reading = command_mac_.next(wire, forms);
  result.decrypted = forms.plain && forms.padded;
  if (teaches()) {
    if (forms.padded) teach_decryption(forms);
    teach(command_mac_.step());
  }
  if (forms.plain) {
    result.plain = CommandApdu{.cla = gp::plain_class(wire.cla),
                               .ins = wire.ins,
                               .p1 = wire.p1,
                               .p2 = wire.p2,
                               .data = std::move(*forms.plain),
                               .le = wire.le};
  }
  response_mac_.sent(result.plain ? *result.plain : wire);
  return result;
}

std::optional<ResponseCheck> TripleDesCheck::response(const ResponseApdu& wire) {
  if (is_scp01()) return std::nullopt;  // it has no R-MAC
  auto result = response_mac_.received(wire);
  if (response_mac_.step()) teach(*response_mac_.step());
  return result;
}

}  // namespace

std::unique_ptr<ChannelCheck> make_triple_des_check(const ChannelFacts& facts) {
  return std::make_unique<TripleDesCheck>(facts);
}

std::unique_ptr<ChannelCheck> make_implicit_channel_check(const ImplicitChannelFacts& facts) {
  return std::make_unique<TripleDesCheck>(facts);
}

}  // namespace gpsh::sessions
