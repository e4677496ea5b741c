// SPDX-License-Identifier: Apache-2.0
#include "gp/protocol_choice.h"

#include "gp/channel_reading.h"
#include "gp/scp02.h"

namespace gpsh::gp {
namespace {

// These bits of i change no byte that the host sends.
constexpr unsigned kHarmlessBits = Scp02::kResponseMac | Scp02::kPseudoRandomChallenge;

bool implicit(std::uint8_t i) {
  return Scp02::speaks(i) && Scp02::starts_implicitly(i);
}

std::string what_became_of_card_data(const Detection& detection) {
  if (!detection.refusal) return "";
  const auto& facts = detection.refusal->facts();
  if (facts.code != "card-status" || !facts.exchange || !facts.exchange->sw) {
    return "; the answer to GET DATA 0066 could not be read";
  }
  return "; GET DATA 0066 was refused: " + facts.exchange->sw->text();
}

}  // namespace

std::string protocol_name(std::uint8_t scp) {
  const auto digits = std::to_string(scp);
  return "SCP" + (digits.size() == 1 ? "0" + digits : digits);
}

ImplementationChoice choose_implementation(std::uint8_t scp, std::optional<std::uint8_t> option,
                                           const Detection& detection) {
  if (option) return {.i = *option, .source = Detection::Source::options};
  const auto announced = detection.implementation(scp);
  const bool implicit = scp == Scp02::kNumber && announced && Scp02::starts_implicitly(announced->i);
  if (announced && !implicit && speaks(scp, announced->i))
    return {.i = announced->i, .source = announced->source};
  return {.i = usual_implementation(scp), .source = Detection::Source::assumed};
}

Remark protocol_source(std::uint8_t scp, const ImplementationChoice& choice, const Detection& detection) {
  const auto from = choice.source == Detection::Source::assumed
                        ? std::string("assumed, as the card does not say")
                        : "taken from " + std::string(text(choice.source));
  return {.severity = Severity::note,
          .code = "protocol-source",
          .text = protocol_name(scp) + " with i=" + to_hex(choice.i) + ": " + from +
                  what_became_of_card_data(detection)};
}

std::vector<Remark> contradictions(std::uint8_t scp, const ImplementationChoice& choice,
                                   const Detection& detection) {
  std::vector<Remark> remarks;
  const auto announced = detection.implementation(scp);
  if (choice.source == Detection::Source::options && announced && announced->i != choice.i) {
    const bool harmless = ((announced->i ^ choice.i) & ~kHarmlessBits) == 0;
    remarks.push_back(
        {.severity = harmless ? Severity::note : Severity::warning,
         .code = "implementation-differs",
         .text = "the options say i=" + to_hex(choice.i) + ", " + std::string(text(announced->source)) +
                 " says i=" + to_hex(announced->i) + "; the options are used",
         .advice = harmless ? "" : "if the card refuses commands, leave out -scp and -scpimpl"});
  }
  if (detection.contradicts(scp)) {
    remarks.push_back({.severity = Severity::note,
                       .code = "protocol-differs",
                       .text = "the card answered " + protocol_name(scp) +
                               ", which it does not announce among its protocols; the answer is used"});
  }
  return remarks;
}

std::string implicit_start_advice(const Detection& detection) {
  const auto announced = detection.implementation(Scp02::kNumber);
  if (!announced || !implicit(announced->i)) return {};
  const auto i = to_hex(announced->i);
  return "the card announces SCP02 with i=" + i +
         ", which opens without INITIALIZE UPDATE: write open_sc -scp 2 -scpimpl 0x" + i +
         " -security 1 with the card's own keys";
}

}  // namespace gpsh::gp
