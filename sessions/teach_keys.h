// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "gp/diversification.h"
#include "gp/initialize_update.h"
#include "gp/keys.h"
#include "sessions/crypto_step.h"

namespace gpsh::sessions {

/// Of which static keys a channel's session keys come.
struct KeyFacts {
  std::uint8_t protocol = 0;              ///< 1 to 3
  const gp::KeySet& keys;                 ///< the card's static keys
  const gp::Diversification& derivation;  ///< how they come from the key that was given
  const gp::InitializeUpdateResponse& answer;
  ByteView host_challenge;
};

/// How each static key is derived, where it is, and each session key: SCP01 (GPCS 2.1.1 section D.3.1), SCP02
/// (GPCS 2.3.1 section E.4.1), SCP03 (AmdD 1.2 section 6.2.1). A key value is in it only where the static key
/// is a public test key; of all others stands the check value.
[[nodiscard]] CryptoSteps session_key_steps(const KeyFacts& facts);

/// The same for an implicit SCP02 channel (GPCS 2.3.1 section E.1.2.2): S-MAC alone.
[[nodiscard]] CryptoSteps implicit_key_steps(const gp::KeySet& keys, ByteView sequence_counter);

/// Session keys that nobody derived: they stand in the log.
[[nodiscard]] CryptoSteps given_session_keys();

}  // namespace gpsh::sessions
