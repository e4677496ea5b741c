// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "core/apdu.h"
#include "gp/aes.h"
#include "gp/scp03_derivation.h"
#include "sessions/crypto_step.h"

namespace gpsh::sessions {

// What SCP03 computes (AmdD 1.2), in steps.

/// Which class byte and length a C-MAC is over.
enum class MacHeader { modified, unmodified };

/// The header and Lc that a C-MAC of this many bytes is over (section 6.2.4).
[[nodiscard]] Bytes command_mac_header(const CommandApdu& wire, MacHeader header, std::size_t mac_bytes);

/// The bytes before the context of a derivation (section 4.1.5): label, separator, length, counter.
[[nodiscard]] std::vector<StepValue> derivation_input(const gp::Scp03Derivation& derivation,
                                                      std::uint8_t counter);

[[nodiscard]] CryptoStep cryptogram_step(const gp::Scp03Derivation& derivation, ByteView result,
                                         ByteView logged);

struct CommandMacFacts {
  const gp::AesBlock& chain;
  const CommandApdu& wire;
  MacHeader header = MacHeader::modified;
  std::size_t mac_bytes = 8;
  gp::AesBlock result{};
};
[[nodiscard]] CryptoStep command_mac_step(const CommandMacFacts& facts);

/// Of a command, or of a response by the first byte of the counter block.
struct DecryptionFacts {
  const gp::AesBlock& counter;
  const gp::AesBlock& start;
  ByteView data;
  ByteView padded;
};
[[nodiscard]] CryptoStep decryption_step(const DecryptionFacts& facts);

struct ResponseMacFacts {
  const gp::AesBlock& chain;
  ByteView data;
  StatusWord sw;
  ByteView mac;  ///< in the log
  gp::AesBlock result;
};
[[nodiscard]] CryptoStep response_mac_step(const ResponseMacFacts& facts);

}  // namespace gpsh::sessions
