// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "core/aid.h"
#include "core/apdu.h"
#include "virtualcard/scp01_card.h"

namespace gpsh::virtualcard {

/// The card's half of SCP03 in S8 and S16 mode, with keys of 16, 24 or 32 bytes (AmdD v1.2): session keys,
/// cryptograms, the MAC chaining value and the encryption counter of one session. No states: the card channel
/// decides when it is asked.
class Scp03Card {
 public:
  /// Derives the session keys (6.2.1). Both challenges have 8 bytes, in S16 mode (i bit 01) 16.
  Scp03Card(const KeySet& keys, std::uint8_t i, Challenges challenges);

  /// The pseudo-random card challenge of 8 or 16 bytes, from the key set's counter as it is (6.2.2.1).
  [[nodiscard]] static Bytes pseudo_random_challenge(const KeySet& keys, std::uint8_t i, const Aid& aid);

  /// Both as long as the challenges (6.2.2.2, 6.2.2.3).
  [[nodiscard]] Bytes card_cryptogram() const;
  [[nodiscard]] Bytes host_cryptogram() const;

  /// The command without its protection, or nothing when its class byte, C-MAC or encryption is not what
  /// `level` asks for (6.2.4, 6.2.6). Counts the command where `level` has C-DECRYPTION.
  [[nodiscard]] std::optional<CommandApdu> unwrap(const CommandApdu& command, SecurityLevel level);

  /// The response to the command unwrapped last, with R-MAC and encryption (6.2.5, 6.2.7). One with an error
  /// status word goes out without data and protection.
  [[nodiscard]] ResponseApdu protect(const ResponseApdu& response, ResponseProtection protection) const;

 private:
  enum class Direction : std::uint8_t { command = 0x00, response = 0x80 };

  [[nodiscard]] Bytes cryptogram(std::uint8_t constant) const;
  [[nodiscard]] Bytes encryption_icv(Direction direction) const;

  Challenges challenges_;
  std::size_t mac_bytes_;
  Key enc_;
  Key mac_;
  Key response_mac_;
  Bytes mac_chaining_value_;
  std::uint64_t encryption_counter_ = 0;
};

}  // namespace gpsh::virtualcard
