// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gp/card_session.h"
#include "gp/detection.h"
#include "gp/key_data_field.h"

namespace gpsh::gp {

/// A public key as a PEM file has it: the public key itself, or a private key whose public part is taken.
struct PemKey {
  std::string_view text;  ///< PKIX, PKCS#8 (encrypted or not), PKCS#1, SEC 1
  std::optional<std::string> pass_phrase{};
};

enum class PublicKeyKind { rsa, elliptic_curve };

/// The key data field of a public key, in clear and without check value: modulus and exponent (GPCS 2.3.1
/// Table 11-75), or point and curve parameters (Table 11-74). Throws Error: (file, "pem") for what cannot be
/// read or decrypted, or is a key of another kind; (usage, "key-exponent") for an RSA exponent other than 3
/// and 65537; (usage, "key-curve") for a curve other than P-256, P-384, P-521, brainpoolP256r1, P384r1,
/// P512r1 and SM2; (usage, "key-length") for an RSA key over 4096 bits.
[[nodiscard]] KeyDataField public_key_field(const PemKey& pem, PublicKeyKind kind);

/// The key that verifies delegated management tokens, for PUT KEY.
struct TokenKey {
  PemKey pem;
  PublicKeyKind kind = PublicKeyKind::rsa;
  std::uint8_t replaced_version = 0;
  std::uint8_t new_version = 0;
};
/// PUT KEY of a public key (GPCS 2.3.1 section 11.8), chained where it is longer than a command. Throws what
/// public_key_field() and put_key() throw. The card's answer has no check value to compare.
void put_token_key(CardSession& session, const TokenKey& request);

/// Token key and receipt key in one PUT KEY, as GPShell 1.4 did.
struct DelegatedManagementKeys {
  PemKey pem;                 ///< RSA
  const Secret& receipt_key;  ///< 16 bytes, triple DES
  CardMode mode = CardMode::global_platform_211;
  std::uint8_t replaced_version = 0;
  std::uint8_t new_version = 0;
  const Secret* current_kek = nullptr;  ///< as in NewKeySet
};
/// Throws what put_token_key() and put_receipt_key() throw.
void put_delegated_management_keys(CardSession& session, const DelegatedManagementKeys& request);

}  // namespace gpsh::gp
