// SPDX-License-Identifier: Apache-2.0
#include "gp/doctor.h"

#include <algorithm>
#include <array>

#include "core/error.h"
#include "gp/channel_reading.h"
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

/// What is searched.
struct Search {
  const std::vector<CandidateKeys>& candidates;
  std::vector<Trial> trials;
};

/// How a key is read.
struct Reading {
  const DoctorCase& asked;
  const DoctorProtocol& protocol;
  const Diversification& derivation;

  /// What `question` says of the protocol with this key in all places; nothing when key, derivation and
  /// protocol cannot go together.
  template <class Question>
  [[nodiscard]] std::optional<bool> ask(const Secret& key, Question question) const {
    try {
      const auto keys = diversify(derivation, key, asked.answer.diversification_data, protocol.number);
      return question(ProtocolStart{
          .keys = keys, .answer = asked.answer, .host_challenge = asked.host_challenge, .i = protocol.i});
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::internal) throw;
      return std::nullopt;
    }
  }
  [[nodiscard]] std::optional<bool> fits(const Secret& key) const { return ask(key, protocol.fits); }
  [[nodiscard]] bool challenge_fits(const Secret& key) const {
    if (key.empty()) return false;
    return ask(key,
               [this](const ProtocolStart& start) {
                 return std::ranges::any_of(asked.applications, [&](const Aid& application) {
                   return protocol.challenge_fits(start, application);
                 });
               })
        .value_or(false);
  }
};

/// Whether a candidate that has the proven key in its place has the challenged one too. What the user gave is
/// judged before what everybody knows.
bool given_key_fits(const Reading& reading, const Trial& proven,
                    const std::vector<CandidateKeys>& candidates) {
  return std::ranges::any_of(candidates, [&](const CandidateKeys& candidate) {
    const bool judged = candidate.origin == proven.origin || &candidate == &proven.candidate;
    return judged && key_of(candidate.keys, reading.protocol.proven) == proven.key &&
           reading.challenge_fits(key_of(candidate.keys, reading.protocol.challenged));
  });
}

Fit fit_of(const Trial& trial, const Reading& reading) {
  const auto& in_place = key_of(trial.candidate.keys, reading.protocol.proven);
  return {.protocol = reading.protocol.number,
          .keys = trial.candidate.name,
          .key_words = trial.candidate.words,
          .origin = trial.origin,
          .derivation = reading.derivation,
          .proven = reading.protocol.proven,
          .misplaced = in_place == trial.key ? std::nullopt : std::optional(trial.role)};
}

/// What the challenge proves of a fit. It is looked at on SCP02 even where the card announces nothing: a log
/// seldom says i, and no other key gives the same bytes by chance.
void judge_challenge(Fit& fit, const Reading& reading, const Trial& proven, const Search& search) {
  if (given_key_fits(reading, proven, search.candidates)) {
    fit.challenge = ChallengeProof::fits;
    return;
  }
  const auto other = std::ranges::find_if(
      search.trials, [&](const Trial& trial) { return reading.challenge_fits(trial.key); });
  if (other != search.trials.end()) {
    fit.challenge = ChallengeProof::other_key;
    fit.challenge_words = other->candidate.words;
    fit.challenge_place = other->role;
    return;
  }
  const auto& asked = reading.asked;
  if (!asked.applications.empty() && announces_challenge(fit.protocol, asked.answer, asked.announced_i)) {
    fit.challenge = ChallengeProof::does_not_fit;
  }
}

/// The fitting set is called by its public name where the user's has the same proven key: the user's other
/// keys may differ from it all the same.
GivenKey judge_given_key(const Fit& fit, const Reading& reading, const Trial& proven, const Search& search) {
  if (fit.challenge == ChallengeProof::does_not_fit) return GivenKey::unproven;
  const auto challenged = reading.protocol.challenged;
  const auto& fitting = key_of(proven.candidate.keys, challenged);
  bool differs = false;
  for (const auto& candidate : search.candidates) {
    const auto& given = key_of(candidate.keys, challenged);
    const bool judged = candidate.origin == KeyOrigin::user && !given.empty() &&
                        key_of(candidate.keys, reading.protocol.proven) == proven.key;
    if (!judged) continue;
    if (given == fitting || reading.challenge_fits(given)) return GivenKey::right;
    differs = true;
  }
  if (!differs) return GivenKey::right;
  return fit.challenge == ChallengeProof::fits ? GivenKey::another : GivenKey::unproven;
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
  const Search search{.candidates = candidates, .trials = trials_of(candidates)};
  for (const auto& trial : search.trials) {
    for (const auto& derivation : derivations) {
      for (const auto& protocol : protocols) {
        const Reading reading{.asked = asked, .protocol = protocol, .derivation = derivation};
        const auto outcome = reading.fits(trial.key);
        if (!outcome) continue;
        ++diagnosis.tried;
        if (!*outcome) continue;
        auto fit = fit_of(trial, reading);
        judge_challenge(fit, reading, trial, search);
        fit.given = judge_given_key(fit, reading, trial, search);
        diagnosis.fits.push_back(std::move(fit));
      }
    }
  }
  diagnosis.proof = proof_of(asked, diagnosis);
  diagnosis.advice = advice_for(asked, diagnosis);
  return diagnosis;
}

}  // namespace gpsh::gp
