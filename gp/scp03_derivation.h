// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/bytes.h"
#include "gp/aes.h"
#include "gp/secret.h"

namespace gpsh::gp {

/// What is derived (AmdD 1.2 Table 4-1).
enum class DerivationConstant : std::uint8_t {
  card_cryptogram = 0x00,
  host_cryptogram = 0x01,
  card_challenge = 0x02,
  session_enc = 0x04,
  session_mac = 0x06,
  session_response_mac = 0x07,
};

/// One call of SCP03's data derivation (AmdD 1.2 section 4.1.5).
struct Scp03Derivation {
  DerivationConstant constant = DerivationConstant::card_cryptogram;
  std::size_t bytes = 0;  ///< to derive: 8, 16, 24 or 32
  ByteView context;       ///< host challenge and card challenge; for a card challenge: counter and AID
};

/// KDF in counter mode with CMAC (NIST SP 800-108, AmdD 1.2 section 4.1.5). Throws Error (internal) for a
/// length that cannot be asked for.
[[nodiscard]] Secret derive(Cmac& key, const Scp03Derivation& derivation);

/// The same where the result is no key: 8 or 16 bytes of a cryptogram.
[[nodiscard]] Bytes derive_data(Cmac& key, const Scp03Derivation& derivation);

}  // namespace gpsh::gp
