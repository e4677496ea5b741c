// SPDX-License-Identifier: Apache-2.0
#include "gp/doctor_advice.h"

#include <vector>

#include "gp/protocol_choice.h"

namespace gpsh::gp {
namespace {

constexpr std::size_t kLongChallengeBytes = 16;

std::string_view name_of(KeyRole role) {
  switch (role) {
    case KeyRole::enc: return "ENC";
    case KeyRole::mac: return "MAC";
    case KeyRole::dek: break;
  }
  return "DEK";
}

std::string_view option_of(KeyRole role) {
  return role == KeyRole::enc ? "-enc_key" : "-mac_key";
}

/// The key that a pseudo-random challenge proves.
KeyRole challenged_by(const Fit& fit) {
  return fit.proven == KeyRole::enc ? KeyRole::mac : KeyRole::enc;
}

/// "A000000003000000 or A000000151000000".
std::string called(const std::vector<Aid>& applications) {
  std::string text;
  for (const auto& application : applications) {
    text += (text.empty() ? "" : " or ") + application.text();
  }
  return text;
}

std::string counted(std::size_t count) {
  return count == 1 ? "the 1 combination" : "the " + std::to_string(count) + " combinations";
}

std::string no_fit(const DoctorCase& asked, const Diagnosis& diagnosis) {
  return "none of " + counted(diagnosis.tried) +
         " of protocol, derivation and key fits: ask the issuer for the keys of version " +
         to_hex(asked.answer.key_version) + ", and do not try others on the card";
}

std::string what_fits(const DoctorCase& asked, const Fit& fit) {
  const bool s16 = asked.answer.card_challenge.size() == kLongChallengeBytes;
  return protocol_name(fit.protocol) + (s16 ? " in S16 mode" : "") + " with " +
         (fit.derivation.none() ? "" : std::string(fit.derivation.title()) + " diversification of ") +
         fit.key_words;
}

/// A template has blanks, so it stands in quotes.
std::string derivation_option(const Diversification& derivation) {
  const bool quoted = derivation.name().find(' ') != std::string::npos;
  return "-keyDerivation " + (quoted ? "\"" + derivation.name() + "\"" : derivation.name());
}

std::string moved(KeyRole given, KeyRole real) {
  return "what is given as the " + std::string(name_of(given)) + " key is the card's " +
         std::string(name_of(real)) + " key, give it as " + std::string(option_of(real));
}

/// Where the challenge proves another key than the one given with the fitting one.
std::string other_key(const Fit& fit) {
  if (fit.challenge != ChallengeProof::other_key) return "";
  const auto role = challenged_by(fit);
  if (fit.challenge_words == fit.key_words) {
    return fit.challenge_place == role ? "" : moved(fit.challenge_place, role);
  }
  return "the " + std::string(name_of(role)) + " key is " + fit.challenge_words + ", give it as " +
         std::string(option_of(role));
}

std::vector<std::string> changes(const DoctorCase& asked, const Fit& fit) {
  std::vector<std::string> list;
  if (asked.assumed_protocol && *asked.assumed_protocol != fit.protocol) {
    list.emplace_back(asked.assumed_by == AssumedBy::mode_201 ? "add mode_211"
                                                              : "leave out -scp and -scpimpl");
  }
  if (fit.misplaced) {
    list.push_back(moved(*fit.misplaced, fit.proven));
  } else if (fit.origin == KeyOrigin::published) {
    list.emplace_back("give it as -key");
  }
  if (const auto other = other_key(fit); !other.empty()) list.push_back(other);
  const bool as_assumed = asked.assumed_derivation && *asked.assumed_derivation == fit.derivation;
  if (!as_assumed && !fit.derivation.none()) list.push_back("add " + derivation_option(fit.derivation));
  if (!as_assumed && fit.derivation.none() && asked.assumed_derivation) {
    list.emplace_back("leave out -keyDerivation");
  }
  return list;
}

/// Where nothing is to be changed, as far as the card proves it.
std::string nothing_to_change(const Fit& fit) {
  const auto given =
      "protocol and derivation are right; the given " + std::string(name_of(challenged_by(fit))) + " key is ";
  switch (fit.given) {
    case GivenKey::right: break;
    case GivenKey::another: return given + "another";
    case GivenKey::unproven: return given + "not proven";
  }
  return "protocol, derivation and key are right";
}

std::string joined(const std::vector<std::string>& list) {
  std::string text;
  for (const auto& entry : list) text += (text.empty() ? "" : "; ") + entry;
  return text;
}

}  // namespace

std::string proof_of(const DoctorCase& asked, const Diagnosis& diagnosis) {
  if (diagnosis.fits.empty()) return "no key is proven";
  const auto& fit = diagnosis.fits.front();
  const std::string proven(name_of(fit.proven));
  const std::string other(name_of(challenged_by(fit)));
  const std::string knows = "the card has proven that it knows the ";
  switch (fit.challenge) {
    case ChallengeProof::fits:
    case ChallengeProof::other_key: return knows + "ENC and MAC keys; the DEK is unproven";
    case ChallengeProof::does_not_fit:
      return knows + proven + " key; its challenge is that of none of these keys as " + other + " key for " +
             called(asked.applications) +
             ": that key or the AID is another, or the card makes its challenge " +
             "otherwise; the DEK is unproven";
    case ChallengeProof::none: break;
  }
  return knows + proven + " key; " + other + " and DEK are unproven";
}

std::string advice_for(const DoctorCase& asked, const Diagnosis& diagnosis) {
  if (diagnosis.fits.empty()) return no_fit(asked, diagnosis);
  const auto& fit = diagnosis.fits.front();
  const auto list = changes(asked, fit);
  return what_fits(asked, fit) + ": " + (list.empty() ? nothing_to_change(fit) : joined(list));
}

}  // namespace gpsh::gp
