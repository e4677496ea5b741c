// SPDX-License-Identifier: Apache-2.0
#include "virtualcard/signature.h"

#include <botan/bigint.h>
#include <botan/ecdsa.h>
#include <botan/hash.h>
#include <botan/pubkey.h>
#include <botan/rsa.h>

#include <algorithm>
#include <array>

#include "virtualcard/aes_crypto.h"

namespace gpsh::virtualcard {
namespace {

constexpr std::uint8_t kDes = 0x80;
constexpr std::uint8_t kAes = 0x88;
constexpr std::uint8_t kRsaExponent = 0xA0;
constexpr std::uint8_t kRsaModulus = 0xA1;
constexpr std::uint8_t kEcPoint = 0xB0;
constexpr std::uint8_t kEcReference = 0xF0;
constexpr std::size_t kShortRsaBytes = 128;

/// A preloaded curve (GPCS 2.3.1 Table B-2, those of FIPS 186-4 and the r1 ones of RFC 5639), with the
/// padding that names its hash (Table B-3).
struct Curve {
  std::uint8_t reference;
  const char* name;
  const char* padding;
};
constexpr std::array kCurves{
    Curve{0x00, "secp256r1", "EMSA1(SHA-256)"},      Curve{0x01, "secp384r1", "EMSA1(SHA-384)"},
    Curve{0x02, "secp521r1", "EMSA1(SHA-512)"},      Curve{0x03, "brainpool256r1", "EMSA1(SHA-256)"},
    Curve{0x05, "brainpool384r1", "EMSA1(SHA-384)"}, Curve{0x07, "brainpool512r1", "EMSA1(SHA-512)"}};

const Key* find_component(const ServiceKey& key, std::uint8_t type) {
  const auto found = std::ranges::find(key.components, type, &KeyComponent::type);
  return found == key.components.end() ? nullptr : &found->value;
}

bool rsa_signature_is_right(const ServiceKey& key, ByteView data, ByteView signature) {
  const auto* exponent = find_component(key, kRsaExponent);
  const auto* modulus = find_component(key, kRsaModulus);
  if (exponent == nullptr || modulus == nullptr) return false;
  try {
    const Botan::RSA_PublicKey rsa(Botan::BigInt(modulus->data(), modulus->size()),
                                   Botan::BigInt(exponent->data(), exponent->size()));
    const auto* scheme = modulus->size() <= kShortRsaBytes ? "EMSA3(SHA-1)" : "EMSA4(SHA-256)";
    Botan::PK_Verifier verifier(rsa, scheme);
    return verifier.verify_message(data.data(), data.size(), signature.data(), signature.size());
  } catch (const Botan::Exception&) {
    return false;  // a modulus that is no modulus
  }
}

bool ec_signature_is_right(const ServiceKey& key, ByteView data, ByteView signature) {
  const auto* point = find_component(key, kEcPoint);
  const auto* reference = find_component(key, kEcReference);
  if (point == nullptr || reference == nullptr || reference->size() != 1) return false;
  const auto curve = std::ranges::find(kCurves, reference->front(), &Curve::reference);
  if (curve == kCurves.end()) return false;
  try {
    const Botan::EC_Group group(curve->name);
    const Botan::ECDSA_PublicKey ec(group, group.OS2ECP(point->data(), point->size()));
    Botan::PK_Verifier verifier(ec, curve->padding);
    return verifier.verify_message(data.data(), data.size(), signature.data(), signature.size());
  } catch (const Botan::Exception&) {
    return false;  // a point that is not on the curve
  }
}

}  // namespace

Bytes mac_of(const ServiceKey& key, ByteView data) {
  if (const auto* des = find_component(key, kDes)) {
    return single_des_mac(*des, Bytes(kDesBlockBytes, 0x00), data);
  }
  if (const auto* aes = find_component(key, kAes)) return aes_cmac(*aes, data);
  return {};
}

bool signature_is_right(const ServiceKey& key, ByteView data, ByteView signature) {
  const auto mac = mac_of(key, data);
  if (!mac.empty()) return equal_in_constant_time(mac, signature);
  return rsa_signature_is_right(key, data, signature) || ec_signature_is_right(key, data, signature);
}

Bytes digest_of_length(std::size_t bytes, ByteView data) {
  const char* name = nullptr;
  switch (bytes) {
    case 20: name = "SHA-1"; break;
    case 32: name = "SHA-256"; break;
    case 48: name = "SHA-384"; break;
    case 64: name = "SHA-512"; break;
    default: return {};
  }
  const auto hash = Botan::HashFunction::create_or_throw(name);
  hash->update(data.data(), data.size());
  Bytes digest(hash->output_length());
  hash->final(digest.data());
  return digest;
}

}  // namespace gpsh::virtualcard
