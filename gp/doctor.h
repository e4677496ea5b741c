// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/aid.h"
#include "core/bytes.h"
#include "gp/diversification.h"
#include "gp/initialize_update.h"
#include "gp/keys.h"
#include "gp/static_keys.h"

namespace gpsh::gp {

/// Whose idea a key is.
enum class KeyOrigin {
  user,       ///< the script's, the log's, or given for the search
  published,  ///< a test key that everybody knows
};

/// Keys that may be the card's, or the master keys of the card's.
struct CandidateKeys {
  std::string name{};   ///< for programs: "default", "gemxpresso", "log", "given"
  std::string words{};  ///< for persons: "your key"
  KeyOrigin origin = KeyOrigin::user;
  KeySet keys{};  ///< any may be empty
};

/// The public test keys, in the order in which to try them.
[[nodiscard]] std::vector<CandidateKeys> published_candidates();

/// What made the host take the answer for a protocol.
enum class AssumedBy { mode_201, options };

/// One INITIALIZE UPDATE and what the host made of it.
struct DoctorCase {
  InitializeUpdateResponse answer{};
  Bytes host_challenge{};
  std::optional<std::uint8_t> assumed_protocol{};  ///< which the host took it for; absent: not known
  AssumedBy assumed_by = AssumedBy::mode_201;
  std::optional<Diversification> assumed_derivation{};  ///< which the host used; absent: not known
  std::optional<std::uint8_t> announced_i{};            ///< SCP02's i as the card says it; absent: not known
  std::vector<Aid> applications{};  ///< what the selected application may be called; none: not known
};

/// What the card's challenge says of the key that the card cryptogram does not prove: MAC on SCP02
/// (GPCS 2.3.1 section E.4.2.3), ENC on SCP03 (AmdD 1.2 section 6.2.2.1).
enum class ChallengeProof {
  none,          ///< nothing: it is random, or the application is not known
  fits,          ///< it is the pseudo-random one of the key in that place
  other_key,     ///< it is that of another candidate
  does_not_fit,  ///< the card announces a pseudo-random one, and it is that of no candidate
};

/// What is known of the key that the user gave with the proven one.
enum class GivenKey {
  right,     ///< nothing speaks against it; also where none was given
  another,   ///< the challenge is that of the fitting set's key, which is another one
  unproven,  ///< it is not the fitting set's, or the challenge is that of no candidate
};

/// A combination whose card cryptogram is the card's.
struct Fit {
  std::uint8_t protocol = 0;  ///< 1 to 3
  std::string keys{};         ///< the candidate's name
  std::string key_words{};    ///< the candidate's words
  KeyOrigin origin = KeyOrigin::user;
  Diversification derivation{};
  KeyRole proven = KeyRole::enc;  ///< the one key the card has proven to know
  std::optional<KeyRole>
      misplaced{};  ///< what the key was given as, where it was not given as the proven one
  ChallengeProof challenge = ChallengeProof::none;
  std::string challenge_words{};           ///< for ChallengeProof::other_key: the candidate's,
  KeyRole challenge_place = KeyRole::mac;  ///< and what the key was given as
  GivenKey given = GivenKey::right;
};

struct Diagnosis {
  std::vector<Fit> fits{};  ///< the likeliest first
  std::size_t tried = 0;    ///< combinations of protocol, derivation and key that are possible
  std::string proof{};      ///< one sentence: which keys are proven, and which not, with the likeliest fit
  std::string advice{};     ///< one sentence: what to do
};

/// Tries offline every protocol that the answer can be, with every derivation and every key among the
/// candidates, each key in every place. Nothing is sent. A combination that cannot be, as an AES-256 key on
/// SCP02, is not counted.
[[nodiscard]] Diagnosis examine(const DoctorCase& asked, const std::vector<CandidateKeys>& candidates,
                                const std::vector<Diversification>& derivations);

}  // namespace gpsh::gp
