// SPDX-License-Identifier: Apache-2.0
#include "gp/doctor.h"

#include <algorithm>
#include <array>

#include "core/error.h"
#include "gp/doctor_advice.h"
#include "gp/doctor_protocols.h"

namespace gpsh::gp {
namespace {

constexpr std::array kRoles = {KeyRole::enc, KeyRole::mac, KeyRole::dek};

const Secret& key_of(const KeySet& keys, KeyRole role) {
  switch (role) {
    case KeyRole::enc: return keys.enc;
    case KeyRole::mac: return keys.mac;
    case KeyRole::dek: break;
  }
  return keys.dek;
}

/// A key to try, and where it came from.
struct Trial {
  const Secret& key;
  const CandidateKeys& candidate;
  KeyRole role;      ///< the first place of the candidate that has it
  KeyOrigin origin;  ///< user, if any candidate that has it is the user's
};

/// Every key once.
std::vector<Trial> trials_of(const std::vector<CandidateKeys>& candidates) {
  std::vector<Trial> trials;
  for (const auto& candidate : candidates) {
    for (const auto role : kRoles) {
      const auto& key = key_of(candidate.keys, role);
      if (key.empty()) continue;
      const auto known = std::ranges::find_if(trials, [&](const Trial& trial) { return trial.key == key; });
      if (known == trials.end()) {
        trials.push_back({.key = key, .candidate = candidate, .role = role, .origin = candidate.origin});
      } else if (candidate.origin == KeyOrigin::user) {
        known->origin = KeyOrigin::user;
      }
    }
  }
  return trials;
}

/// Whether it fits; nothing when key, derivation and protocol cannot go together.
std::optional<bool> fits(const DoctorCase& asked, const DoctorProtocol& protocol,
                         const Diversification& derivation, const Secret& key) {
  try {
    const auto keys = diversify(derivation, key, asked.answer.diversification_data, protocol.number);
    return protocol.fits(
        {.keys = keys, .answer = asked.answer, .host_challenge = asked.host_challenge, .i = protocol.i});
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::internal) throw;
    return std::nullopt;
  }
}

Fit fit_of(const Trial& trial, const DoctorProtocol& protocol, const Diversification& derivation) {
  const auto& in_place = key_of(trial.candidate.keys, protocol.proven);
  return {.protocol = protocol.number,
          .keys = trial.candidate.name,
          .key_words = trial.candidate.words,
          .origin = trial.origin,
          .derivation = derivation,
          .proven = protocol.proven,
          .misplaced = in_place == trial.key ? std::nullopt : std::optional(trial.role)};
}

}  // namespace

std::vector<CandidateKeys> published_candidates() {
  std::vector<CandidateKeys> candidates;
  for (auto& published : public_test_keys()) {
    candidates.push_back(
        {.name = std::string(published.short_name),
         .words = "the " + std::string(published.name),
         .origin = KeyOrigin::published,
         .keys = {
             .enc = published.key.clone(), .mac = published.key.clone(), .dek = std::move(published.key)}});
  }
  return candidates;
}

Diagnosis examine(const DoctorCase& asked, const std::vector<CandidateKeys>& candidates,
                  const std::vector<Diversification>& derivations) {
  Diagnosis diagnosis;
  const auto protocols = possible_protocols(asked.answer);
  for (const auto& trial : trials_of(candidates)) {
    for (const auto& derivation : derivations) {
      for (const auto& protocol : protocols) {
        const auto outcome = fits(asked, protocol, derivation, trial.key);
        if (!outcome) continue;
        ++diagnosis.tried;
        if (*outcome) diagnosis.fits.push_back(fit_of(trial, protocol, derivation));
      }
    }
  }
  diagnosis.proof = proof_of(diagnosis);
  diagnosis.advice = advice_for(asked, diagnosis);
  return diagnosis;
}

}  // namespace gpsh::gp
