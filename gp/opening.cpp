// SPDX-License-Identifier: Apache-2.0
#include "gp/opening.h"

#include <algorithm>
#include <array>

#include "core/error.h"
#include "gp/doctor.h"

namespace gpsh::gp {
namespace {

constexpr std::array<std::uint8_t, 3> kProtocols = {Scp02::kNumber, Scp01::kNumber, Scp03::kNumber};
constexpr std::uint8_t kScp03Protections = Scp03::kResponseMac | Scp03::kResponseEncryption;

bool known(std::uint8_t protocol) {
  return protocol >= Scp01::kNumber && protocol <= Scp03::kNumber;
}

void note(const AnsweredOpening& opening, std::string_view code, std::string text) {
  opening.observer.remark({.severity = Severity::note, .code = code, .text = std::move(text)});
}

/// GPShell passes over -scp and -scpimpl in mode_201, so they count only where both name SCP01; its own bytes
/// are those of i=05 always.
ImplementationChoice implementation_in_201(std::uint8_t protocol, const AnsweredOpening& opening) {
  const auto& scp = opening.request.scp;
  const auto& scp_impl = opening.request.scp_impl;
  if (opening.facts.wire == Wire::gpshell) return {.i = usual_implementation(protocol)};
  const bool meant = protocol == Scp01::kNumber && scp == protocol && scp_impl && speaks(protocol, *scp_impl);
  return choose_implementation(protocol, meant ? scp_impl : std::nullopt, opening.detection);
}

ImplementationChoice implementation_of(std::uint8_t protocol, const AnsweredOpening& opening) {
  const auto& answered = opening.facts.answer.i;
  if (protocol == Scp03::kNumber && answered) {
    return {.i = Scp03::known_part(*answered), .source = Detection::Source::answer};
  }
  if (opening.request.mode == CardMode::open_platform_201) return implementation_in_201(protocol, opening);
  const bool meant = opening.request.scp.value_or(protocol) == protocol;
  const auto option = meant ? opening.request.scp_impl : std::nullopt;
  return choose_implementation(protocol, option, opening.detection);
}

bool fits(std::uint8_t protocol, const AnsweredOpening& opening) {
  return cryptogram_fits(protocol, implementation_of(protocol, opening).i, opening.facts);
}

/// The first other protocol whose cryptogram the card's is.
std::optional<std::uint8_t> other_that_fits(std::uint8_t than, const AnsweredOpening& opening) {
  for (const auto protocol : kProtocols) {
    if (protocol != than && fits(protocol, opening)) return protocol;
  }
  return std::nullopt;
}

/// Open Platform 2.0.1 has SCP01 only, and its second key information byte is a key index.
std::uint8_t protocol_in_201(const AnsweredOpening& opening) {
  if (fits(Scp01::kNumber, opening)) return Scp01::kNumber;
  const auto other = other_that_fits(Scp01::kNumber, opening);
  if (!other) throw cryptogram_error(Scp01::kNumber, opening);
  throw Error({.kind = ErrorKind::security,
               .code = "wrong-mode",
               .message = "the card answered " + protocol_name(*other) + ", the script is in mode_201",
               .advice = "add mode_211 before card_connect; EXTERNAL AUTHENTICATE was not sent"});
}

std::uint8_t wanted_protocol(std::uint8_t wanted, std::uint8_t answered, const AnsweredOpening& opening) {
  if (known(answered) && fits(answered, opening)) {
    throw Error({.kind = ErrorKind::security,
                 .code = "protocol-mismatch",
                 .message = "the options say " + protocol_name(wanted) + ", the card answered " +
                            protocol_name(answered) + ", and its cryptogram is that of " +
                            protocol_name(answered),
                 .advice = "leave out -scp and -scpimpl; EXTERNAL AUTHENTICATE was not sent"});
  }
  if (!fits(wanted, opening)) throw cryptogram_error(wanted, opening);
  note(opening, "protocol-differs",
       "the card names protocol " + to_hex(opening.facts.answer.protocol) +
           " in its answer, but its cryptogram is that of " + protocol_name(wanted) + "; it is used");
  return wanted;
}

std::uint8_t protocol_in_211(const AnsweredOpening& opening) {
  const auto answered = answered_protocol(opening.facts.answer);
  const auto wanted = opening.request.scp.value_or(answered);
  if (wanted != answered) return wanted_protocol(wanted, answered, opening);
  if (known(answered) && fits(answered, opening)) return answered;
  const auto other = other_that_fits(answered, opening);
  if (other) return wanted_protocol(*other, answered, opening);
  if (known(answered)) return answered;
  throw Error({.kind = ErrorKind::card,
               .code = "no-protocol",
               .message = "the card names protocol " + to_hex(answered) +
                          " in its answer to INITIALIZE UPDATE, which gpsh does not know",
               .advice = "EXTERNAL AUTHENTICATE was not sent"});
}

/// The card cryptogram is the judge, and no bit of i enters it.
void tell_reserved_bits(const ImplementationChoice& used, const AnsweredOpening& opening) {
  const auto& answered = opening.facts.answer.i;
  if (used.source != Detection::Source::answer || !answered || *answered == used.i) return;
  opening.observer.remark({.severity = Severity::warning,
                           .code = "implementation-reserved",
                           .text = "the card answered i=" + to_hex(*answered) +
                                   ", which SCP03 does not have; what is known of it, i=" + to_hex(used.i) +
                                   ", is used",
                           .advice = "if the card refuses commands, try -security 1 or 0"});
}

void tell_reading(const ChosenReading& reading, const AnsweredOpening& opening) {
  opening.observer.remark(protocol_source(reading.protocol, reading.implementation, opening.detection));
  for (const auto& remark : contradictions(reading.protocol, reading.implementation, opening.detection)) {
    opening.observer.remark(remark);
  }
  tell_reserved_bits(reading.implementation, opening);
  const auto option = opening.request.scp_impl;
  const bool from_answer = reading.implementation.source == Detection::Source::answer;
  if (from_answer && option && *option != reading.implementation.i) {
    note(opening, "implementation-differs",
         "the options say i=" + to_hex(*option) +
             ", the card answered i=" + to_hex(reading.implementation.i) + "; the answer is used");
  }
}

/// What the script gave comes first: -key, then the three single keys.
std::vector<CandidateKeys> candidates(const ChannelKeys& given) {
  std::vector<CandidateKeys> all;
  const auto& base = given.base_key;
  if (!base.empty()) {
    all.push_back({.name = "given", .words = "your key", .keys = {base.clone(), base.clone(), base.clone()}});
  }
  all.push_back({.name = "given", .words = "your key", .keys = given.keys.clone()});
  for (auto& published : published_candidates()) all.push_back(std::move(published));
  return all;
}

std::vector<Aid> applications(const Selection& selection) {
  std::vector<Aid> names;
  for (const auto& name : {selection.aid, selection.typed}) {
    if (name && std::ranges::find(names, *name) == names.end()) names.push_back(*name);
  }
  return names;
}

}  // namespace

Error cryptogram_error(std::uint8_t protocol, const AnsweredOpening& opening) {
  const auto& answer = opening.facts.answer;
  const auto* key = protocol == Scp03::kNumber ? "MAC" : "ENC";
  const bool in_201 = opening.request.mode == CardMode::open_platform_201;
  const auto announced = opening.detection.implementation(Scp02::kNumber);
  const auto diagnosis =
      examine({.answer = answer,
               .host_challenge = to_bytes(opening.facts.host_challenge),
               .assumed_protocol = in_201 ? std::optional(Scp01::kNumber) : opening.request.scp,
               .assumed_by = in_201 ? AssumedBy::mode_201 : AssumedBy::options,
               .assumed_derivation = opening.facts.keys.derivation,
               .announced_i = announced ? std::optional(announced->i) : std::nullopt,
               .applications = applications(opening.selection)},
              candidates(opening.facts.keys), known_diversifications());
  // Without a fit the message says already that nothing is proven.
  const auto proof = diagnosis.fits.empty() ? "" : "; " + diagnosis.proof;
  return Error({.kind = ErrorKind::security,
                .code = "card-cryptogram",
                .message = std::string("the card cryptogram is not what the ") + key + " key gives (" +
                           protocol_name(protocol) + ", key version " + to_hex(answer.key_version) +
                           "); ENC, MAC and DEK are all unproven",
                .advice = diagnosis.advice + proof + "; EXTERNAL AUTHENTICATE was not sent"});
}

ChosenReading choose_reading(const AnsweredOpening& opening) {
  const bool old = opening.request.mode == CardMode::open_platform_201;
  const auto protocol = old ? protocol_in_201(opening) : protocol_in_211(opening);
  ChosenReading reading{.protocol = protocol, .implementation = implementation_of(protocol, opening)};
  tell_reading(reading, opening);
  return reading;
}

std::uint8_t covering_implementation(const ChosenReading& reading, const OpenRequest& request) {
  const auto i = reading.implementation.i;
  if (!speaks(reading.protocol, i) || speaks(reading.protocol, i, request.level)) return i;
  const auto claimed = static_cast<std::uint8_t>(i | (request.scp_impl.value_or(0) & kScp03Protections));
  if (reading.protocol == Scp03::kNumber && speaks(reading.protocol, claimed, request.level)) return claimed;
  throw Error({.kind = ErrorKind::security,
               .code = "level-not-covered",
               .message = protocol_name(reading.protocol) + " with i=" + to_hex(i) +
                          " has no security level " + to_hex(request.level.value()) + " (" +
                          request.level.text() + ")",
               .advice = level_advice(reading.protocol, i) +
                         "; if the card can do more all the same, say so with -scp and -scpimpl; EXTERNAL "
                         "AUTHENTICATE was not sent"});
}

}  // namespace gpsh::gp
