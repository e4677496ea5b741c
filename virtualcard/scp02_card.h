// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "core/aid.h"
#include "core/apdu.h"
#include "virtualcard/card_state.h"
#include "virtualcard/crypto.h"

namespace gpsh::virtualcard {

/// The class byte's mark of GlobalPlatform secure messaging (GPCS 2.3.1 Table 11-11).
constexpr std::uint8_t kSecureMessagingBit = 0x04;

/// Security level of a session, bits as in P1 of EXTERNAL AUTHENTICATE (GPCS 2.3.1 Table E-11).
enum class SecurityLevel : std::uint8_t { authenticated = 0x00, c_mac = 0x01, c_decryption_c_mac = 0x03 };

/// The card's half of SCP02 with three keys, explicit initiation, C-MAC on the modified APDU and ICV
/// encryption (GPCS 2.3.1 appendix E, i = 15 and 55): session keys, cryptograms and the C-MAC chain of one
/// session. No states: the card channel decides when it is asked.
class Scp02Card {
 public:
  /// Derives the session keys from `keys` and its sequence counter (E.4.1).
  explicit Scp02Card(const KeySet& keys);

  /// The well-known pseudo-random card challenge, 6 bytes (E.4.2.3).
  [[nodiscard]] Bytes pseudo_random_challenge(const Aid& aid) const;

  /// Both 8 bytes; `host_challenge` has 8, `card_challenge` 6 (E.4.2.1, E.4.2.2).
  [[nodiscard]] Bytes card_cryptogram(ByteView host_challenge, ByteView card_challenge) const;
  [[nodiscard]] Bytes host_cryptogram(ByteView host_challenge, ByteView card_challenge) const;

  /// The command without its protection, or nothing when its class byte, encryption or C-MAC is not what
  /// `level` asks for. A verified C-MAC becomes the next ICV (E.4.4, E.4.6).
  [[nodiscard]] std::optional<CommandApdu> unwrap(const CommandApdu& command, SecurityLevel level);

 private:
  [[nodiscard]] Bytes next_icv() const;

  Bytes sequence_counter_;
  Key enc_;
  Key mac_;
  Bytes last_mac_;  ///< empty before the first verified C-MAC
};

}  // namespace gpsh::virtualcard
