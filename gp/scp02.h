// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/aid.h"
#include "core/apdu.h"
#include "gp/crypto.h"
#include "gp/initialize_update.h"
#include "gp/keys.h"
#include "gp/security_level.h"
#include "gp/wire.h"

namespace gpsh::gp {

/// What a protocol is started from. The protocol keeps none of the references.
struct ProtocolStart {
  const KeySet& keys;
  const InitializeUpdateResponse& answer;
  ByteView host_challenge;
  std::uint8_t i = 0;
  SecurityLevel level{};
  Wire wire = Wire::gpsh;
};

/// Secure Channel Protocol 02 (GPCS 2.3.1 appendix E), explicitly initiated, i = 15 and 55, without R-MAC.
/// Computes only: sends nothing.
class Scp02 {
 public:
  static constexpr std::uint8_t kNumber = 2;

  /// Bits of i (GPCS 2.3.1 Table E-1).
  static constexpr std::uint8_t kThreeKeys = 0x01;
  static constexpr std::uint8_t kUnmodifiedApdu = 0x02;
  static constexpr std::uint8_t kExplicitInitiation = 0x04;
  static constexpr std::uint8_t kStartFromAid = 0x08;
  static constexpr std::uint8_t kStartEncryption = 0x10;
  static constexpr std::uint8_t kResponseMac = 0x20;
  static constexpr std::uint8_t kPseudoRandomChallenge = 0x40;

  /// Whether this version speaks SCP02 with these options.
  [[nodiscard]] static bool speaks(std::uint8_t i);
  [[nodiscard]] static bool speaks(SecurityLevel level);

  /// The session keys of `keys` for the 2-byte sequence counter (section E.4.1); an empty key stays empty.
  /// Throws Error (usage, "key-length") for a key that is not 16 bytes.
  [[nodiscard]] static KeySet session_keys(const KeySet& keys, ByteView sequence_counter);

  /// Derives the session keys. Throws Error (usage): "not-built" for an i or a level it does not speak,
  /// "key-missing" without ENC or MAC, "key-length" for a key that is not 16 bytes; Error (card,
  /// "bad-response") when the answer does not have SCP02's length.
  explicit Scp02(const ProtocolStart& start);

  /// Whether the card proved that it knows the ENC key (section E.4.2.1). It proves nothing of MAC and DEK.
  [[nodiscard]] bool card_cryptogram_fits() const;
  /// Whether the card's challenge is the pseudo-random one for this application: it then knows the MAC key
  /// (section E.4.2.3).
  [[nodiscard]] bool challenge_fits(const Aid& application);

  /// The finished EXTERNAL AUTHENTICATE with host cryptogram and C-MAC (section E.5.2). Its C-MAC is the
  /// start of the chain, so it is called once, before any wrap().
  [[nodiscard]] CommandApdu external_authenticate();

  /// Adds C-MAC and encryption as the level says (sections E.4.4 and E.4.6); the chain moves on. Throws
  /// Error (usage, "too-long-for-channel") for data that does not fit, the chain then stays.
  [[nodiscard]] CommandApdu wrap(const CommandApdu& plain);
  /// The response's plain form. Without R-MAC it is what the card sent.
  [[nodiscard]] ResponseApdu unwrap(const ResponseApdu& response);

  /// Most plain data that fits where an APDU can carry `limit` bytes: 247 with C-MAC, 239 with C-DEC, for
  /// 255.
  [[nodiscard]] std::size_t max_plain_data(std::size_t limit) const;

  /// The session key for keys and other sensitive data (section E.4.7); empty without a DEK.
  [[nodiscard]] const Secret& data_encryption_key() const { return session_dek_; }

 private:
  Scp02(const ProtocolStart& start, KeySet session);
  [[nodiscard]] Bytes c_mac(const CommandApdu& plain, ByteView start);

  Bytes card_challenge_;
  Bytes card_cryptogram_;
  Bytes host_challenge_;
  SecurityLevel level_;
  Wire wire_;
  TripleDes session_enc_;
  RetailMac session_mac_;
  Secret session_dek_;
  Bytes last_mac_{};  ///< empty before EXTERNAL AUTHENTICATE
};

}  // namespace gpsh::gp
