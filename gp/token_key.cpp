// SPDX-License-Identifier: Apache-2.0
#include "gp/token_key.h"

#include <botan/ec_group.h>
#include <botan/ecc_key.h>
#include <botan/rsa.h>

#include <algorithm>
#include <array>

#include "core/error.h"
#include "core/tlv.h"
#include "gp/pem_file.h"
#include "gp/put_key.h"

namespace gpsh::gp {
namespace {

// Key types (GPCS 2.3.1 section 11.1.8).
constexpr std::uint8_t kRsaExponent = 0xA0;
constexpr std::uint8_t kRsaModulus = 0xA1;
constexpr std::uint8_t kPoint = 0xB0;
constexpr std::uint8_t kCurveP = 0xB2;
constexpr std::uint8_t kCurveA = 0xB3;
constexpr std::uint8_t kCurveB = 0xB4;
constexpr std::uint8_t kCurveG = 0xB5;
constexpr std::uint8_t kCurveN = 0xB6;
constexpr std::uint8_t kCurveK = 0xB7;
constexpr std::uint8_t kSm2Point = 0xB7;  // as GPShell has it
constexpr std::uint8_t kUncompressed = 0x04;
constexpr std::size_t kMaxModulusBytes = 512;
constexpr std::size_t kTokenAndReceiptKey = 2;  // of which the first has no check value

constexpr std::string_view kSm2 = "1.2.156.10197.1.301";
constexpr std::array<std::string_view, 7> kCurves = {
    "1.2.840.10045.3.1.7",    // P-256
    "1.3.132.0.34",           // P-384
    "1.3.132.0.35",           // P-521
    "1.3.36.3.3.2.8.1.1.7",   // brainpoolP256r1
    "1.3.36.3.3.2.8.1.1.11",  // brainpoolP384r1
    "1.3.36.3.3.2.8.1.1.13",  // brainpoolP512r1
    kSm2,
};

Bytes fixed(const Botan::BigInt& number, std::size_t bytes) {
  const auto padded = Botan::BigInt::encode_1363(number, bytes);
  return {padded.begin(), padded.end()};
}

Bytes shortest(const Botan::BigInt& number) {
  return fixed(number, number.bytes());
}

Bytes uncompressed(const Botan::BigInt& x, const Botan::BigInt& y, std::size_t bytes) {
  return concat({Bytes{kUncompressed}, fixed(x, bytes), fixed(y, bytes)});
}

void append_component(Bytes& to, std::uint8_t type, ByteView value) {
  to.push_back(type);
  append_length(to, value.size());
  append(to, value);
}

Bytes rsa_components(const Botan::RSA_PublicKey& key) {
  if (key.get_e() != 3 && key.get_e() != 65537) {
    throw Error({.kind = ErrorKind::usage,
                 .code = "key-exponent",
                 .message = "the RSA key has a public exponent other than 3 and 65537",
                 .advice = "make a key with one of these exponents"});
  }
  const auto modulus = shortest(key.get_n());
  if (modulus.size() > kMaxModulusBytes) {
    throw Error(
        {.kind = ErrorKind::usage,
         .code = "key-length",
         .message = "the RSA key has " + std::to_string(modulus.size() * 8) + " bits, 4096 are the most",
         .advice = "make a shorter key"});
  }
  Bytes components;
  append_component(components, kRsaModulus, modulus);
  append_component(components, kRsaExponent, shortest(key.get_e()));
  return components;
}

Bytes curve_components(const Botan::EC_PublicKey& key) {
  const auto& curve = key.domain();
  const auto name = curve.get_curve_oid().to_string();
  if (std::ranges::find(kCurves, name) == kCurves.end()) {
    throw Error(
        {.kind = ErrorKind::usage,
         .code = "key-curve",
         .message = "the key is on a curve that tokens cannot use" +
                    (name.empty() ? std::string() : " (" + name + ")"),
         .advice = "use P-256, P-384, P-521, brainpoolP256r1, brainpoolP384r1, brainpoolP512r1 or SM2"});
  }
  const auto bytes = curve.get_p_bytes();
  const auto& point = key.public_point();
  Bytes components;
  append_component(components, name == kSm2 ? kSm2Point : kPoint,
                   uncompressed(point.get_affine_x(), point.get_affine_y(), bytes));
  append_component(components, kCurveP, fixed(curve.get_p(), bytes));
  append_component(components, kCurveA, fixed(curve.get_a(), bytes));
  append_component(components, kCurveB, fixed(curve.get_b(), bytes));
  append_component(components, kCurveG, uncompressed(curve.get_g_x(), curve.get_g_y(), bytes));
  append_component(components, kCurveN, fixed(curve.get_order(), bytes));
  if (curve.get_cofactor() != 1) append_component(components, kCurveK, shortest(curve.get_cofactor()));
  return components;
}

Bytes components_of(const Botan::Public_Key& key, PublicKeyKind kind) {
  if (kind == PublicKeyKind::rsa) {
    if (const auto* rsa = dynamic_cast<const Botan::RSA_PublicKey*>(&key)) return rsa_components(*rsa);
  } else if (const auto* ec = dynamic_cast<const Botan::EC_PublicKey*>(&key)) {
    return curve_components(*ec);
  }
  throw Error({.kind = ErrorKind::file,
               .code = "pem",
               .message = "the PEM file holds a key of the kind " + key.algo_name() + " where " +
                          (kind == PublicKeyKind::rsa ? "an RSA key" : "an elliptic curve key") +
                          " is needed",
               .advice = "-keyType F1 is for elliptic curve keys, 00 and F0 are for RSA keys"});
}

}  // namespace

KeyDataField public_key_field(const PemKey& pem, PublicKeyKind kind) {
  KeyDataField field{.bytes = components_of(*read_public_key(pem), kind), .check_value = {}};
  field.bytes.push_back(0x00);  // no check value
  return field;
}

void put_token_key(CardSession& session, const TokenKey& request) {
  const PutKeyRequest put{.replaced_version = request.replaced_version,
                          .new_version = request.new_version,
                          .keys = {public_key_field(request.pem, request.kind)},
                          .framing = Framing::chained};
  put_key(session, put);
}

void put_delegated_management_keys(CardSession& session, const DelegatedManagementKeys& request) {
  PutKeyRequest put{.replaced_version = request.replaced_version,
                    .new_version = request.new_version,
                    .p2 = kSeveralKeysFromFirst,
                    .keys = {public_key_field(request.pem, PublicKeyKind::rsa)},
                    .confirmed = kTokenAndReceiptKey,
                    .framing = Framing::chained};
  require_key_versions(put);
  const auto type = request.mode == CardMode::open_platform_201 ? kDesCbcKey : kDesKey;
  put.keys.push_back(symmetric_key_field(request.receipt_key, type, KeyFormat::gpshell,
                                         key_encryption(session, request.current_kek)));
  put_key(session, put);
}

}  // namespace gpsh::gp
