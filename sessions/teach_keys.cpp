// SPDX-License-Identifier: Apache-2.0
#include "sessions/teach_keys.h"

#include <array>
#include <optional>
#include <utility>

#include "gp/aes.h"
#include "gp/crypto.h"
#include "gp/scp01.h"
#include "gp/scp02_session_keys.h"
#include "gp/scp03.h"
#include "sessions/teach_aes.h"

namespace gpsh::sessions {
namespace {

using gp::DerivationConstant;
using gp::Scp02KeyUse;
using gp::Secret;

constexpr std::array<std::uint8_t, gp::kDesBlockBytes> kZeros{};
constexpr std::size_t kCounterBytes = 2;

/// A session key to be: of which static key it comes.
struct Derived {
  std::string_view name;
  std::string_view base;
  const Secret& static_key;
};

/// The result is a key: it is shown where everybody can compute it.
void append_key(CryptoStep& step, const Derived& derived, std::optional<Bytes> value, ByteView check_value) {
  if (value) {
    step.values.push_back({.name = "session key",
                           .bytes = std::move(*value),
                           .words = "shown, as the static key is a public test key"});
    return;
  }
  step.values.push_back({.name = "session key",
                         .words = "not shown: the static " + std::string(derived.base) +
                                  " key is no public test key, so it is a secret"});
  step.values.push_back({.name = "check value of the session key", .bytes = to_bytes(check_value)});
}

StepValue static_key(const Derived& derived) {
  StepValue value{.name = "static " + std::string(derived.base) + " key"};
  if (const auto name = gp::public_test_key_name(derived.static_key)) {
    value.words = *name;
  } else {
    value.words = std::to_string(derived.static_key.size()) + " bytes, not shown";
  }
  return value;
}

CryptoStep triple_des_step(const Derived& derived, gp::Chaining chaining, std::vector<StepValue> parts) {
  const bool ecb = chaining == gp::Chaining::ecb;
  CryptoStep step{.name = std::string(derived.name),
                  .method = ecb ? "triple DES in ECB mode under the static key (GPCS 2.1.1 section D.3.1)"
                                : "triple DES in CBC mode under the static key, ICV of zeros (GPCS 2.3.1 "
                                  "section E.4.1)"};
  Bytes data;
  for (const auto& part : parts) append(data, part.bytes);
  step.values.push_back(static_key(derived));
  step.values.push_back(step_input(std::move(parts), "derivation data"));
  const gp::TripleDes cipher(derived.static_key);
  std::optional<Bytes> value;
  if (gp::is_public_test_key(derived.static_key)) {
    value = ecb ? cipher.ecb_encrypt(data) : cipher.cbc_encrypt(kZeros, data);
  }
  append_key(step, derived, std::move(value), gp::kcv_3des(cipher.derive_key(chaining, data)));
  return step;
}

CryptoSteps scp01_steps(const KeyFacts& facts) {
  const ByteView host = facts.host_challenge;
  const ByteView card = facts.answer.card_challenge;
  const std::vector<StepValue> data = {
      {.name = "second half of the card challenge", .bytes = to_bytes(card.last(4))},
      {.name = "first half of the host challenge", .bytes = to_bytes(host.first(4))},
      {.name = "first half of the card challenge", .bytes = to_bytes(card.first(4))},
      {.name = "second half of the host challenge", .bytes = to_bytes(host.last(4))}};
  return {triple_des_step({"S-ENC", "ENC", facts.keys.enc}, gp::Chaining::ecb, data),
          triple_des_step({"S-MAC", "MAC", facts.keys.mac}, gp::Chaining::ecb, data)};
}

CryptoStep scp02_step(const Derived& derived, Scp02KeyUse use, ByteView counter) {
  const auto constant = static_cast<std::uint16_t>(use);
  return triple_des_step(
      derived, gp::Chaining::cbc,
      {{.name = "constant",
        .bytes = {static_cast<std::uint8_t>(constant >> 8), static_cast<std::uint8_t>(constant)}},
       {.name = "sequence counter", .bytes = to_bytes(counter)},
       {.name = "zeros", .bytes = Bytes(gp::kTripleDesKeyBytes - sizeof constant - kCounterBytes)}});
}

CryptoSteps scp02_steps(const KeyFacts& facts) {
  const auto counter = ByteView(facts.answer.card_challenge).first(kCounterBytes);
  const auto& keys = facts.keys;
  CryptoSteps steps = {scp02_step({"S-ENC", "ENC", keys.enc}, Scp02KeyUse::encryption, counter),
                       scp02_step({"S-MAC", "MAC", keys.mac}, Scp02KeyUse::command_mac, counter),
                       scp02_step({"S-RMAC", "MAC", keys.mac}, Scp02KeyUse::response_mac, counter)};
  if (!keys.dek.empty()) {
    steps.push_back(scp02_step({"S-DEK", "DEK", keys.dek}, Scp02KeyUse::data_encryption, counter));
  }
  return steps;
}

/// The same CMACs as the key's, where everybody can compute them.
Bytes public_value(gp::Cmac& cmac, const gp::Scp03Derivation& derivation) {
  Bytes value;
  for (std::uint8_t counter = 1; value.size() < derivation.bytes; ++counter) {
    Bytes fixed;
    for (const auto& part : derivation_input(derivation, counter)) append(fixed, part.bytes);
    append(value, cmac.compute({fixed, derivation.context}));
  }
  value.resize(derivation.bytes);
  return value;
}

CryptoStep scp03_step(const Derived& derived, DerivationConstant constant, const KeyFacts& facts) {
  const auto context = concat({facts.host_challenge, facts.answer.card_challenge});
  const gp::Scp03Derivation derivation{
      .constant = constant, .bytes = derived.static_key.size(), .context = context};
  CryptoStep step{.name = std::string(derived.name),
                  .method =
                      "KDF in counter mode with CMAC under the static key (AmdD sections 4.1.5 and "
                      "6.2.1)"};
  step.values.push_back(static_key(derived));
  auto input = derivation_input(derivation, 1);
  input.push_back({.name = "host challenge", .bytes = to_bytes(facts.host_challenge)});
  input.push_back({.name = "card challenge", .bytes = facts.answer.card_challenge});
  auto data = step_input(std::move(input), "derivation data");
  if (derivation.bytes > gp::kAesBlockBytes) data.words = "then once more with counter 02";
  step.values.push_back(std::move(data));
  gp::Cmac cmac(derived.static_key);
  std::optional<Bytes> value;
  if (gp::is_public_test_key(derived.static_key)) value = public_value(cmac, derivation);
  append_key(step, derived, std::move(value), gp::kcv_aes(derive(cmac, derivation)));
  return step;
}

CryptoSteps scp03_steps(const KeyFacts& facts) {
  const auto& keys = facts.keys;
  return {scp03_step({"S-ENC", "ENC", keys.enc}, DerivationConstant::session_enc, facts),
          scp03_step({"S-MAC", "MAC", keys.mac}, DerivationConstant::session_mac, facts),
          scp03_step({"S-RMAC", "MAC", keys.mac}, DerivationConstant::session_response_mac, facts)};
}

/// A static key: which of the three.
struct StaticKey {
  std::string_view name;
  std::uint8_t number;
  const Secret& value;
};

StepValue diversification_input(const gp::DerivationTemplate& way, const KeyFacts& facts,
                                const StaticKey& key) {
  const auto made_of = way.input(facts.answer.diversification_data, key.number, key.value.size());
  if (!way.counter_mode()) return {.name = "input", .bytes = made_of.before};
  auto input = step_input({{.name = "before the counter", .bytes = made_of.before},
                           {.name = "counter", .bytes = {1}},
                           {.name = "behind the counter", .bytes = made_of.after}});
  if (key.value.size() > gp::kAesBlockBytes) input.words = "then once more with counter 02";
  return input;
}

/// Whether everybody knows the master key is not known here, so the key is not shown.
CryptoStep diversified_key_step(const KeyFacts& facts, const StaticKey& key) {
  const auto& way = facts.derivation.template_of(key.number);
  CryptoStep step{.name = "static " + std::string(key.name) + " key",
                  .method = way.counter_mode()
                                ? "KDF in counter mode with CMAC under the master key (NIST SP 800-108)"
                                : "triple DES in ECB mode under the master key"};
  step.values.push_back({.name = "template",
                         .words = way.text() + ", where $0 to $9 are the diversification data and $k is " +
                                  to_hex(key.number)});
  step.values.push_back(diversification_input(way, facts, key));
  const bool aes = facts.protocol == gp::Scp03::kNumber;
  step.values.push_back({.name = "check value of the key",
                         .bytes = to_bytes(aes ? gp::kcv_aes(key.value) : gp::kcv_3des(key.value))});
  return step;
}

CryptoSteps diversification_steps(const KeyFacts& facts) {
  CryptoStep first{.name = "static keys",
                   .method = "derived from a master key by " + std::string(facts.derivation.title())};
  first.values.push_back({.name = "key diversification data", .bytes = facts.answer.diversification_data});
  CryptoSteps steps = {std::move(first)};
  const std::array<StaticKey, 3> keys = {
      {{"ENC", 1, facts.keys.enc}, {"MAC", 2, facts.keys.mac}, {"DEK", 3, facts.keys.dek}}};
  for (const auto& key : keys) {
    if (!key.value.empty()) steps.push_back(diversified_key_step(facts, key));
  }
  return steps;
}

}  // namespace

CryptoSteps session_key_steps(const KeyFacts& facts) {
  CryptoSteps steps;
  if (!facts.derivation.none()) steps = diversification_steps(facts);
  auto derived = facts.protocol == gp::Scp03::kNumber   ? scp03_steps(facts)
                 : facts.protocol == gp::Scp01::kNumber ? scp01_steps(facts)
                                                        : scp02_steps(facts);
  for (auto& step : derived) steps.push_back(std::move(step));
  return steps;
}

CryptoSteps implicit_key_steps(const gp::KeySet& keys, ByteView sequence_counter) {
  return {scp02_step({"S-MAC", "MAC", keys.mac}, Scp02KeyUse::command_mac, sequence_counter)};
}

CryptoSteps given_session_keys() {
  CryptoStep step{.name = "session keys", .method = "as they stand in the log; they are not shown again"};
  return {std::move(step)};
}

}  // namespace gpsh::sessions
