// SPDX-License-Identifier: Apache-2.0
#include "sessions/teach_challenge.h"

#include <array>
#include <optional>
#include <utility>

#include "gp/channel_reading.h"
#include "gp/crypto.h"
#include "gp/scp02_session_keys.h"
#include "gp/scp03.h"
#include "sessions/teach_aes.h"

namespace gpsh::sessions {
namespace {

constexpr std::array<std::uint8_t, gp::kDesBlockBytes> kZeros{};
constexpr std::size_t kCounterBytes = 2;

/// What a step comes to, and whether the card sent that.
struct Made {
  CryptoStep step{};
  bool fits = false;
};

Made finished(CryptoStep step, ByteView result, ByteView challenge) {
  append_result(step, result, challenge);
  return {.step = std::move(step), .fits = equal(result.first(challenge.size()), challenge)};
}

gp::Secret scp02_mac_key(const KeyFacts& facts) {
  const auto use = static_cast<std::uint16_t>(gp::Scp02KeyUse::command_mac);
  Bytes data = {static_cast<std::uint8_t>(use >> 8), static_cast<std::uint8_t>(use)};
  append(data, ByteView(facts.answer.card_challenge).first(kCounterBytes));
  data.resize(gp::kTripleDesKeyBytes);
  return gp::TripleDes(facts.keys.mac).derive_key(gp::Chaining::cbc, data);
}

Made scp02_challenge(const KeyFacts& facts, const Aid& application) {
  const auto aid = application.bytes();
  const auto padded = gp::pad80(aid, gp::kDesBlockBytes);
  CryptoStep step{
      .name = "card challenge",
      .method =
          "pseudo-random: the first 6 bytes of single DES in CBC mode under the left half of S-MAC, the "
          "last block with triple DES, ICV of zeros (GPCS 2.3.1 section E.4.2.3)"};
  step.values.push_back(
      step_input({{.name = "AID of the selected application", .bytes = to_bytes(aid)},
                  {.name = "padding", .bytes = to_bytes(ByteView(padded).subspan(aid.size()))}}));
  const auto challenge = ByteView(facts.answer.card_challenge).subspan(kCounterBytes);
  return finished(std::move(step), gp::RetailMac(scp02_mac_key(facts)).compute(kZeros, padded), challenge);
}

Made scp03_challenge(const KeyFacts& facts, const Aid& application) {
  const auto& challenge = facts.answer.card_challenge;
  const auto context = concat({facts.answer.sequence_counter, application.bytes()});
  const gp::Scp03Derivation derivation{
      .constant = gp::DerivationConstant::card_challenge, .bytes = challenge.size(), .context = context};
  CryptoStep step{
      .name = "card challenge",
      .method =
          "pseudo-random: the first bytes of CMAC under the static ENC key (AmdD sections 4.1.5 and "
          "6.2.2.1)"};
  auto input = derivation_input(derivation, 1);
  input.push_back({.name = "sequence counter", .bytes = facts.answer.sequence_counter});
  input.push_back({.name = "AID of the selected application", .bytes = to_bytes(application.bytes())});
  step.values.push_back(step_input(std::move(input)));
  gp::Cmac enc(facts.keys.enc);
  return finished(std::move(step), gp::derive_data(enc, derivation), challenge);
}

}  // namespace

CryptoSteps challenge_steps(const KeyFacts& facts, const LoggedSelection& selection) {
  if (!gp::announces_challenge(facts.protocol, facts.answer, selection.scp02_i())) return {};
  std::optional<CryptoStep> shown;
  for (const auto& application : selection.applications()) {
    auto made = facts.protocol == gp::Scp03::kNumber ? scp03_challenge(facts, application)
                                                     : scp02_challenge(facts, application);
    if (made.fits || !shown) shown = std::move(made.step);
    if (made.fits) break;
  }
  return shown ? CryptoSteps{*std::move(shown)} : CryptoSteps{};
}

}  // namespace gpsh::sessions
