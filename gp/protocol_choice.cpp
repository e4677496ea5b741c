// SPDX-License-Identifier: Apache-2.0
#include "gp/protocol_choice.h"

#include <algorithm>

#include "gp/channel_reading.h"
#include "gp/scp02.h"
#include "gp/scp03.h"

namespace gpsh::gp {
namespace {

// These bits of i change no byte that the host sends.
constexpr unsigned kHarmlessBits = Scp02::kResponseMac | Scp02::kPseudoRandomChallenge;

bool implicit(std::uint8_t i) {
  return Scp02::speaks(i) && Scp02::starts_implicitly(i);
}

/// The i that the card announces where the one in use is not among those of the same place. What cannot be in
/// use counts only where nothing else is announced.
std::optional<Detection::Announced> otherwise_announced(std::uint8_t scp, const ImplementationChoice& choice,
                                                        const Detection& detection) {
  const auto all = detection.implementations(scp);
  if (all.empty()) return std::nullopt;
  const auto first = detection.implementation(scp).value_or(all.front());
  const auto agrees = [&first, &choice, scp](const Detection::Announced& each) {
    const auto i = scp == Scp03::kNumber ? Scp03::known_part(each.i) : each.i;
    return each.source == first.source && i == choice.i;
  };
  return std::ranges::any_of(all, agrees) ? std::nullopt : std::optional(first);
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
  if (const auto announced = detection.implementation(scp)) {
    return {.i = announced->i, .source = announced->source};
  }
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
  const auto announced = otherwise_announced(scp, choice, detection);
  if (announced && choice.source == Detection::Source::options) {
    const bool harmless = ((announced->i ^ choice.i) & ~kHarmlessBits) == 0;
    remarks.push_back(
        {.severity = harmless ? Severity::note : Severity::warning,
         .code = "implementation-differs",
         .text = "the options say i=" + to_hex(choice.i) + ", " + std::string(text(announced->source)) +
                 " says i=" + to_hex(announced->i) + "; the options are used",
         .advice = harmless ? "" : "if the card refuses commands, leave out -scp and -scpimpl"});
  }
  if (announced && choice.source == Detection::Source::answer) {
    remarks.push_back({.severity = Severity::note,
                       .code = "implementation-differs",
                       .text = std::string(text(announced->source)) + " says i=" + to_hex(announced->i) +
                               ", the card answered i=" + to_hex(choice.i) + "; the answer is used"});
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
  const auto all = detection.implementations(Scp02::kNumber);
  const auto announced = std::ranges::find_if(all, implicit, &Detection::Announced::i);
  if (announced == all.end()) return {};
  const auto i = to_hex(announced->i);
  return "the card announces SCP02 with i=" + i +
         ", which opens without INITIALIZE UPDATE: write open_sc -scp 2 -scpimpl 0x" + i +
         " -security 1 with the card's own keys";
}

}  // namespace gpsh::gp
