// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "core/aid.h"
#include "core/apdu.h"
#include "virtualcard/card_state.h"
#include "virtualcard/crypto.h"
#include "virtualcard/security_level.h"

namespace gpsh::virtualcard {

/// The card's half of SCP02 (GPCS 2.3.1 appendix E): session keys, cryptograms, the C-MAC chain and the R-MAC
/// chain of one session. No states: the card channel decides when it is asked.
class Scp02Card {
 public:
  static constexpr std::size_t kChallengeBytes = 6;

  /// Derives the session keys from `keys` and its sequence counter (E.4.1). `aid`: of the application whose
  /// channel it is.
  Scp02Card(const KeySet& keys, std::uint8_t i, Aid aid);

  /// The well-known pseudo-random card challenge, 6 bytes (E.4.2.3).
  [[nodiscard]] Bytes pseudo_random_challenge() const;

  /// Both 8 bytes; `host_challenge` has 8, `card_challenge` 6 (E.4.2.1, E.4.2.2).
  [[nodiscard]] Bytes card_cryptogram(ByteView host_challenge, ByteView card_challenge) const;
  [[nodiscard]] Bytes host_cryptogram(ByteView host_challenge, ByteView card_challenge) const;

  /// The command without its protection, or nothing when its class byte, encryption or C-MAC is not what
  /// `level` asks for. A verified C-MAC becomes the next ICV (E.4.4, E.4.6).
  [[nodiscard]] std::optional<CommandApdu> unwrap(const CommandApdu& command, SecurityLevel level);

  /// Begins a new R-MAC chain under the R-MAC key of this sequence counter, by default the session's; its ICV
  /// is the C-MAC of EXTERNAL AUTHENTICATE, with implicit initiation the MAC over the AID (E.3.2, E.3.3).
  void begin_response_macs(std::uint32_t sequence_counter);
  void begin_response_macs() { begin_response_macs(sequence_counter_); }
  /// Adds a pair to the R-MAC chain (E.4.5). `command` is unwrapped.
  void count_in(const CommandApdu& command, const ResponseApdu& response);
  /// The R-MAC over all pairs since the chain began, 8 bytes.
  [[nodiscard]] const Bytes& response_mac() const { return response_mac_; }
  /// Adds the pair, and gives the response with its R-MAC where `protection` wants one.
  [[nodiscard]] ResponseApdu protect(const CommandApdu& command, const ResponseApdu& response,
                                     ResponseProtection protection);

  /// The session's key for sensitive data (E.4.1).
  [[nodiscard]] Key data_encryption_key() const;

  /// The next session of an implicit channel: other keys, and the R-MAC chain goes on (E.1.6).
  void restart(const KeySet& keys);

 private:
  [[nodiscard]] bool has(std::uint8_t bit) const { return (i_ & bit) != 0; }
  [[nodiscard]] Bytes mac_input(const CommandApdu& command, ByteView plain) const;
  [[nodiscard]] Bytes next_icv() const;

  std::uint8_t i_;
  Aid aid_;
  std::uint32_t sequence_counter_ = 0;
  Key base_mac_;
  Key base_dek_;
  Key enc_;
  Key mac_;
  Bytes first_mac_;  ///< of the session; empty before the first verified C-MAC
  Bytes last_mac_;
  Key response_key_;
  Bytes response_mac_;
};

}  // namespace gpsh::virtualcard
