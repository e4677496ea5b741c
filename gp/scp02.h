// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "core/aid.h"
#include "core/apdu.h"
#include "gp/crypto.h"
#include "gp/keys.h"
#include "gp/protocol_start.h"
#include "gp/scp02_response_mac.h"
#include "gp/static_keys.h"

namespace gpsh::gp {

/// What an SCP02 channel is started from without INITIALIZE UPDATE (GPCS 2.3.1 section E.1.2.2). The protocol
/// keeps none of the references.
struct ImplicitStart {
  KeyAccess keys;
  ByteView sequence_counter;  ///< 2 bytes: GET DATA 00C1
  const Aid& application;     ///< the selected one
  std::uint8_t i = 0;         ///< 0A or 0B, combined with 10 and 20
  Wire wire = Wire::gpsh;     ///< both send the same
};

/// Secure Channel Protocol 02 (GPCS 2.3.1 appendix E). Computes only: sends nothing.
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

  /// Whether there is such an i: 04 or 05 combined with 10, 20 and 40; 0A or 0B combined with 10 and 20.
  [[nodiscard]] static bool speaks(std::uint8_t i);
  /// Whether i covers the level. Explicit: 00, 01, 03, with bit 20 also 10, 11, 13. Implicit: 01.
  [[nodiscard]] static bool speaks(std::uint8_t i, SecurityLevel level);
  /// Whether some i covers the level.
  [[nodiscard]] static bool speaks(SecurityLevel level);
  /// Whether a channel with this i starts without INITIALIZE UPDATE.
  [[nodiscard]] static bool starts_implicitly(std::uint8_t i) { return (i & kExplicitInitiation) == 0; }

  /// The session keys of `keys` for the 2-byte sequence counter (section E.4.1); an empty key stays empty.
  /// Throws Error (usage, "key-length") for a key that is not 16 bytes.
  [[nodiscard]] static KeySet session_keys(KeyAccess keys, ByteView sequence_counter);
  /// The R-MAC session key, from the MAC key (section E.4.1).
  [[nodiscard]] static Secret response_mac_key(KeyAccess keys, ByteView sequence_counter);

  /// Derives the session keys. Throws Error (usage): "channel-option" for an i that does not exist or is an
  /// implicit one, or for a level that i does not cover, "key-missing" without ENC or MAC, "one-base-key" for
  /// different keys where i knows only one, "key-length" for a key that is not 16 bytes; Error (card,
  /// "bad-response") when the answer does not have SCP02's length.
  explicit Scp02(const ProtocolStart& start);
  /// A channel that its first wrapped command opens, at level 01. Throws as the constructor does
  /// ("key-missing" without MAC alone), and Error (security, "counter-exhausted") when the sequence counter
  /// is at its end.
  [[nodiscard]] static Scp02 implicit(const ImplicitStart& start);

  /// Whether the card proved that it knows the ENC key (section E.4.2.1). It proves nothing of MAC and DEK.
  /// False for an implicit channel: its card has proven nothing.
  [[nodiscard]] bool card_cryptogram_fits() const;
  /// Whether the card's challenge is the pseudo-random one for this application: it then knows the MAC key
  /// (section E.4.2.3). False where i says nothing of the challenge.
  [[nodiscard]] bool challenge_fits(const Aid& application) const;

  /// The finished EXTERNAL AUTHENTICATE with host cryptogram and C-MAC (section E.5.2). Its C-MAC is the
  /// start of the chain, so it is called once, before any wrap(). Throws Error (internal) for an implicit
  /// channel.
  [[nodiscard]] CommandApdu external_authenticate();

  /// Adds C-MAC and encryption as the level says (sections E.4.4 and E.4.6); the chain moves on. Throws
  /// Error (usage, "too-long-for-channel") for data that does not fit one APDU where it has to, the chain
  /// then stays; Error (security, "channel-ended") after a response that was not the card's.
  [[nodiscard]] CommandApdu wrap(const CommandApdu& plain, Extent extent = Extent::one_apdu);
  /// The response's plain form, its R-MAC verified where the level has one (section E.4.5). Throws Error
  /// (security, "response-mac") for 9000, 62xx or 63xx with a wrong R-MAC or none: the channel is then at its
  /// end. Another status word without R-MAC is passed as it is, see response_proof().
  [[nodiscard]] ResponseApdu unwrap(const ResponseApdu& response);
  [[nodiscard]] ResponseProof response_proof() const { return proof_; }

  /// Most plain data that fits where an APDU can carry `limit` bytes: 247 with C-MAC, 239 with C-DEC, for
  /// 255.
  [[nodiscard]] std::size_t max_plain_data(std::size_t limit) const;
  /// That of EXTERNAL AUTHENTICATE, or what an R-MAC session made of it (section E.1.5).
  [[nodiscard]] SecurityLevel level() const { return level_; }

  /// The session key for keys and other sensitive data (section E.4.7); empty without a DEK.
  [[nodiscard]] const Secret& data_encryption_key() const { return session_dek_; }
  /// Triple DES under that key, in ECB mode, in CBC mode for an implicit channel; whole blocks. Throws Error
  /// (usage, "key-missing") without a DEK.
  [[nodiscard]] Bytes encrypt_sensitive(ByteView blocks) const;

 private:
  struct Session;  // what both starts give

  explicit Scp02(Session session);
  [[nodiscard]] static Session explicit_session(const ProtocolStart& start);
  [[nodiscard]] static Session implicit_session(const ImplicitStart& start);
  [[nodiscard]] Bytes c_mac(const CommandApdu& plain, ByteView start);
  [[nodiscard]] Bytes next_start() const;
  [[nodiscard]] CommandApdu protected_form(const CommandApdu& plain);
  void note_r_mac_command(const CommandApdu& plain);
  [[nodiscard]] ResponseApdu verified(const ResponseApdu& response);
  void begin_r_mac(const ResponseApdu& response);
  [[nodiscard]] ResponseApdu end_r_mac(const ResponseApdu& response);

  Bytes card_challenge_;
  Bytes card_cryptogram_;
  Bytes host_challenge_;
  std::uint8_t i_;
  SecurityLevel agreed_level_;  ///< of EXTERNAL AUTHENTICATE
  SecurityLevel level_;
  EmptyData empty_data_;
  std::optional<TripleDes> session_enc_;  ///< none in an implicit channel
  mutable RetailMac session_mac_;
  Secret session_dek_;
  DataEncryption data_encryption_;
  Bytes last_mac_;           ///< the C-MAC that starts the next; empty before EXTERNAL AUTHENTICATE
  bool first_start_ = true;  ///< the first start of a session is never encrypted (section E.3.4)

  Secret response_mac_key_;        ///< for a level with R-MAC
  Secret later_response_mac_key_;  ///< for BEGIN R-MAC SESSION: the card has counted on (section E.4.1)
  Bytes response_start_;           ///< first ICV of an R-MAC session
  CommandApdu last_command_{};     ///< without data
  std::optional<Scp02ResponseMac> beginning_{};     ///< after BEGIN R-MAC SESSION was sent
  std::optional<Scp02ResponseMac> response_mac_{};  ///< while R-MACs are computed
  ResponseProof proof_ = ResponseProof::not_asked;
  bool ended_ = false;
};

}  // namespace gpsh::gp
