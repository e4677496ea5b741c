// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/apdu.h"
#include "gp/aes.h"
#include "gp/encryption_counter.h"
#include "gp/protocol_start.h"
#include "gp/secure_messaging.h"

namespace gpsh::gp {

/// Secure Channel Protocol 03 (AmdD 1.2). Computes only: sends nothing.
class Scp03 {
 public:
  static constexpr std::uint8_t kNumber = 3;

  /// Bits of i (AmdD 1.2 Table 5-1).
  static constexpr std::uint8_t kLong = 0x01;  ///< S16: challenges, cryptograms and MACs of 16 bytes
  static constexpr std::uint8_t kPseudoRandomChallenge = 0x10;
  static constexpr std::uint8_t kResponseMac = 0x20;
  static constexpr std::uint8_t kResponseEncryption = 0x40;

  /// Whether i is one of AmdD Table 5-1: R-ENC never without R-MAC, no bit that is reserved.
  [[nodiscard]] static bool speaks(std::uint8_t i);
  /// What is known of an i that a card answered: without the bits that are reserved, and without R-ENC where
  /// there is no R-MAC. The same i where speaks(i).
  [[nodiscard]] static std::uint8_t known_part(std::uint8_t i);
  /// Whether the level is 00, 01, 03, 11, 13 or 33, and i covers it.
  [[nodiscard]] static bool speaks(std::uint8_t i, SecurityLevel level);
  /// 8, with S16 16: bytes of challenges, cryptograms and MACs.
  [[nodiscard]] static std::size_t mac_bytes(std::uint8_t i);

  /// Session keys (AmdD 1.2 section 6.2.1). There is none for the DEK: the static one is used.
  struct SessionKeys {
    Secret enc{};
    Secret mac{};
    Secret response_mac{};
  };
  /// An empty key stays empty. Throws Error (usage, "key-length") for a key that is not 16, 24 or 32 bytes.
  [[nodiscard]] static SessionKeys session_keys(KeyAccess keys, ByteView host_challenge,
                                                ByteView card_challenge);

  /// Derives the session keys. Throws Error (usage): "channel-option" for an i or a level it does not know or
  /// i does not cover, "key-missing" without ENC or MAC, "key-length"; Error (card, "bad-response") when the
  /// answer does not have SCP03's length, or not that of i.
  explicit Scp03(const ProtocolStart& start);

  /// Whether the card proved that it knows the MAC key (section 6.2.2.2). It proves nothing of ENC and DEK.
  [[nodiscard]] bool card_cryptogram_fits() const;
  /// Whether the card's challenge is the pseudo-random one for this application: it then knows the ENC key
  /// (section 6.2.2.1). False where i says that it is random, or the answer has no sequence counter.
  [[nodiscard]] bool challenge_fits(const Aid& application) const;

  /// The finished EXTERNAL AUTHENTICATE with host cryptogram and C-MAC (section 7.1.2). Its C-MAC is the
  /// start of the chain, so it is called once, before any wrap().
  [[nodiscard]] CommandApdu external_authenticate();

  /// Adds encryption and C-MAC as the level says (sections 6.2.4 and 6.2.6); chain and counter move on.
  /// Throws Error (usage, "too-long-for-channel") for data that does not fit one APDU where it has to, chain
  /// and counter then stay; Error (security, "counter-exhausted") when no further command can be encrypted;
  /// Error (security, "channel-ended") after a response that was not the card's.
  [[nodiscard]] CommandApdu wrap(const CommandApdu& plain, Extent extent = Extent::one_apdu);
  /// Verifies the R-MAC and decrypts (sections 6.2.5 and 6.2.7). A status word that is neither 9000 nor 62xx
  /// nor 63xx carries no R-MAC and is passed as it is. Throws Error (security): "response-mac" for an R-MAC
  /// that is wrong or not there, "response-padding"; the channel is then at its end.
  [[nodiscard]] ResponseApdu unwrap(const ResponseApdu& response);
  [[nodiscard]] ResponseProof response_proof() const { return proof_; }

  /// Most plain data that fits where an APDU can carry `limit` bytes: for 255, 247 with C-MAC and 239 with
  /// C-DEC; with S16 239 and 223.
  [[nodiscard]] std::size_t max_plain_data(std::size_t limit) const;
  /// That of EXTERNAL AUTHENTICATE, or what an R-MAC session made of it (section 5.5).
  [[nodiscard]] SecurityLevel level() const { return level_; }

  /// AES in CBC mode with a start of zeros under the static DEK (section 6.2.8); whole blocks. Throws Error
  /// (usage, "key-missing") without a DEK.
  [[nodiscard]] Bytes encrypt_sensitive(ByteView blocks) const;

 private:
  struct Session;  // what the start gives

  Scp03(const ProtocolStart& start, Session session);
  [[nodiscard]] static Session session_of(const ProtocolStart& start);
  [[nodiscard]] Bytes cryptogram(DerivationConstant constant) const;
  void add_mac(CommandApdu& command);
  [[nodiscard]] ResponseApdu verified(const ResponseApdu& response);
  [[nodiscard]] Bytes decrypted(ByteView data) const;
  void follow_r_mac_session(StatusWord sw);
  [[nodiscard]] MessageRoom room() const;

  Bytes context_;  ///< host challenge and card challenge
  Bytes card_challenge_;
  Bytes card_cryptogram_;
  Bytes sequence_counter_;  ///< empty where the challenge is random
  std::uint8_t i_;
  SecurityLevel agreed_level_;  ///< of EXTERNAL AUTHENTICATE
  SecurityLevel level_;
  EmptyData empty_data_;
  AesDerivation challenge_derivation_;  ///< until EXTERNAL AUTHENTICATE
  DataEncryption data_encryption_;
  Aes session_enc_;
  mutable Cmac session_mac_;
  Cmac session_response_mac_;
  EncryptionCounter counter_{};
  AesBlock chain_{};            ///< the last C-MAC, whole
  CommandApdu last_command_{};  ///< without data
  ResponseProof proof_ = ResponseProof::not_asked;
  bool ended_ = false;
};

}  // namespace gpsh::gp
