// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "core/bytes.h"

namespace gpsh::gp {

/// The answer to INITIALIZE UPDATE (GPCS 2.1.1 appendix D; GPCS 2.3.1 section E.5.1.6; AmdD 1.2
/// section 7.1.1.4).
struct InitializeUpdateResponse {
  Bytes diversification_data{};     ///< 10 bytes
  std::uint8_t key_version = 0;     ///< of the key set the card took
  std::uint8_t protocol = 0;        ///< 1, 2, 3; on Open Platform 2.0.1 cards it may be a key index
  std::optional<std::uint8_t> i{};  ///< SCP03 alone says its i
  Bytes card_challenge{};           ///< 8 bytes (S16: 16); on SCP02 the sequence counter is the first two
  Bytes card_cryptogram{};          ///< 8 bytes (S16: 16)
  Bytes sequence_counter{};         ///< SCP02: 2 bytes; SCP03: 3 bytes or none; else none

  /// Takes the data field: 28 bytes for SCP01 and SCP02; 29 or 32, with S16 45 or 48, for SCP03. Any other
  /// length is Error (card, "bad-response").
  [[nodiscard]] static InitializeUpdateResponse parse(ByteView data);
};

}  // namespace gpsh::gp
