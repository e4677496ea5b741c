// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/apdu.h"
#include "gp/crypto.h"
#include "gp/protocol_start.h"

namespace gpsh::gp {

/// Secure Channel Protocol 01 (GPCS 2.1.1 appendix D; Open Platform 2.0.1). Computes only: sends nothing.
class Scp01 {
 public:
  static constexpr std::uint8_t kNumber = 1;
  /// Bit of i: the C-MAC is encrypted before it starts the next one (GPCS 2.1.1 section D.1.5).
  static constexpr std::uint8_t kStartEncryption = 0x10;

  /// i is 05 or 15.
  [[nodiscard]] static bool speaks(std::uint8_t i);
  /// The level is 00, 01 or 03.
  [[nodiscard]] static bool speaks(std::uint8_t i, SecurityLevel level);

  /// The session keys (section D.3.1); the DEK is not among them: it stays the static one. An empty key stays
  /// empty. Throws Error (usage, "key-length").
  [[nodiscard]] static KeySet session_keys(KeyAccess keys, ByteView host_challenge, ByteView card_challenge);

  /// Derives the session keys. Throws Error (usage): "channel-option" for an i or a level that SCP01 does not
  /// know, "key-missing" without ENC or MAC, "key-length" for a key that is not 16 bytes; Error (card,
  /// "bad-response") when the answer does not have SCP01's length.
  explicit Scp01(const ProtocolStart& start);

  /// Whether the card proved that it knows the ENC key (section D.3.2). It proves nothing of MAC and DEK.
  [[nodiscard]] bool card_cryptogram_fits() const;
  /// Always false: SCP01's challenge is random.
  [[nodiscard]] bool challenge_fits(const Aid& application) const;

  /// The finished EXTERNAL AUTHENTICATE with host cryptogram and C-MAC. Its C-MAC is the start of the chain,
  /// so it is called once, before any wrap().
  [[nodiscard]] CommandApdu external_authenticate();

  /// Adds C-MAC and encryption as the level says (sections D.3.3 and D.3.4); the chain moves on. Throws Error
  /// (usage, "too-long-for-channel") for data that does not fit one APDU where it has to, and for more than
  /// 255 bytes to encrypt; the chain then stays.
  [[nodiscard]] CommandApdu wrap(const CommandApdu& plain, Extent extent = Extent::one_apdu);
  /// SCP01 protects no responses: what the card sent.
  [[nodiscard]] ResponseApdu unwrap(const ResponseApdu& response) const { return response; }
  [[nodiscard]] ResponseProof response_proof() const { return ResponseProof::not_asked; }

  /// Most plain data that fits where an APDU can carry `limit` bytes: for 255, 247 with C-MAC and 239 with
  /// C-DEC.
  [[nodiscard]] std::size_t max_plain_data(std::size_t limit) const;
  [[nodiscard]] SecurityLevel level() const { return level_; }

  /// Triple DES in ECB mode under the static DEK (section D.3.5); whole blocks. Throws Error (usage,
  /// "key-missing") without a DEK.
  [[nodiscard]] Bytes encrypt_sensitive(ByteView blocks) const;

 private:
  Scp01(const ProtocolStart& start, const KeySet& session);
  [[nodiscard]] Bytes c_mac(const CommandApdu& plain, ByteView start) const;

  Bytes card_challenge_;
  Bytes card_cryptogram_;
  Bytes host_challenge_;
  std::uint8_t i_;
  SecurityLevel level_;
  TripleDes session_enc_;
  TripleDes session_mac_;
  DataEncryption data_encryption_;
  Bytes last_mac_{};  ///< empty before EXTERNAL AUTHENTICATE
};

}  // namespace gpsh::gp
