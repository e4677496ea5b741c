// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "core/apdu.h"
#include "virtualcard/card_state.h"
#include "virtualcard/security_level.h"

namespace gpsh::virtualcard {

/// Host and card challenge of a session.
struct Challenges {
  Bytes host;
  Bytes card;
};

/// The card's half of SCP01 with i = 05 or 15 (GPCS 2.3.1 appendix D): session keys, cryptograms and the
/// C-MAC chain of one session. No states: the card channel decides when it is asked.
class Scp01Card {
 public:
  static constexpr std::size_t kChallengeBytes = 8;

  /// Derives the session keys (D.3.1). Both challenges have 8 bytes.
  Scp01Card(const KeySet& keys, std::uint8_t i, Challenges challenges);

  /// Both 8 bytes (D.3.2).
  [[nodiscard]] Bytes card_cryptogram() const;
  [[nodiscard]] Bytes host_cryptogram() const;

  /// The command without its protection, or nothing when its class byte, encryption or C-MAC is not what
  /// `level` asks for. A verified C-MAC becomes the next ICV (D.3.3, D.3.4).
  [[nodiscard]] std::optional<CommandApdu> unwrap(const CommandApdu& command, SecurityLevel level);

 private:
  [[nodiscard]] Bytes next_icv() const;

  Challenges challenges_;
  Key enc_;
  Key mac_;
  bool icv_encryption_;
  Bytes last_mac_;  ///< empty before the first verified C-MAC
};

}  // namespace gpsh::virtualcard
