// SPDX-License-Identifier: Apache-2.0
#include "gp/static_keys.h"

#include <memory>

#include "gp/crypto.h"

namespace gpsh::gp {

const Secret& KeysInMemory::key(KeyRole role) const {
  switch (role) {
    case KeyRole::enc: return keys_.enc;
    case KeyRole::mac: return keys_.mac;
    case KeyRole::dek: return keys_.dek;
  }
  return keys_.enc;
}

Secret KeysInMemory::derive_triple_des(KeyRole role, Chaining chaining, ByteView data) const {
  return TripleDes(key(role)).derive_key(chaining, data);
}

AesDerivation KeysInMemory::aes_derivation(KeyRole role) const {
  if (key(role).empty()) return {};
  const auto mac = std::make_shared<Cmac>(key(role));
  return [mac](const Scp03Derivation& derivation) { return derive(*mac, derivation); };
}

DataEncryption KeysInMemory::triple_des_data_encryption(Chaining chaining) const {
  return keys_.dek.empty() ? DataEncryption() : data_encryption_with(keys_.dek, chaining);
}

DataEncryption KeysInMemory::aes_data_encryption() const {
  if (keys_.dek.empty()) return {};
  const auto cipher = std::make_shared<const Aes>(keys_.dek);
  return [cipher](ByteView blocks) { return cipher->cbc_encrypt(AesBlock{}, blocks); };
}

DataEncryption data_encryption_with(const Secret& triple_des_key, Chaining chaining) {
  const auto cipher = std::make_shared<const TripleDes>(triple_des_key);
  if (chaining == Chaining::ecb) return [cipher](ByteView blocks) { return cipher->ecb_encrypt(blocks); };
  return [cipher](ByteView blocks) { return cipher->cbc_encrypt(Bytes(kDesBlockBytes), blocks); };
}

}  // namespace gpsh::gp
