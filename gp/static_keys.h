// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>

#include "core/bytes.h"
#include "gp/crypto.h"
#include "gp/keys.h"
#include "gp/scp03_derivation.h"
#include "gp/secret.h"

namespace gpsh::gp {

/// The three keys of a key version (GPCS 2.3.1 section E.4.1; AmdD 1.2 Table 6-1).
enum class KeyRole { enc, mac, dek };

/// Encrypts whole blocks under a key it keeps. Empty: there is no such key.
using DataEncryption = std::function<Bytes(ByteView)>;
/// SCP03's data derivation (AmdD 1.2 section 4.1.5) with a key it keeps. Empty: there is no such key.
using AesDerivation = std::function<Secret(const Scp03Derivation&)>;

/// Everything the protocols ask of static keys. Key bytes are not among it, so the keys may stay in a token:
/// only session keys come out. A key of the wrong length is Error (usage, "key-length").
class StaticKeys {
 public:
  virtual ~StaticKeys() = default;

  /// 0 when there is no such key.
  [[nodiscard]] virtual std::size_t key_bytes(KeyRole role) const = 0;
  [[nodiscard]] virtual bool same_key(KeyRole a, KeyRole b) const = 0;
  /// 16 bytes encrypted with triple DES are the session key: SCP01 with ECB (GPCS 2.1.1 section D.3.1), SCP02
  /// with CBC (GPCS 2.3.1 section E.4.1).
  [[nodiscard]] virtual Secret derive_triple_des(KeyRole role, Chaining chaining, ByteView data) const = 0;
  /// Usable after this object is gone.
  [[nodiscard]] virtual AesDerivation aes_derivation(KeyRole role) const = 0;
  /// Encryption under the static DEK, usable after this object is gone: SCP01's triple DES, SCP03's AES.
  [[nodiscard]] virtual DataEncryption triple_des_data_encryption(Chaining chaining) const = 0;
  [[nodiscard]] virtual DataEncryption aes_data_encryption() const = 0;
};

/// Static keys in this program's memory. Does not own them.
class KeysInMemory final : public StaticKeys {
 public:
  explicit KeysInMemory(const KeySet& keys) : keys_(keys) {}

  [[nodiscard]] std::size_t key_bytes(KeyRole role) const override { return key(role).size(); }
  [[nodiscard]] bool same_key(KeyRole a, KeyRole b) const override { return key(a) == key(b); }
  [[nodiscard]] Secret derive_triple_des(KeyRole role, Chaining chaining, ByteView data) const override;
  [[nodiscard]] AesDerivation aes_derivation(KeyRole role) const override;
  [[nodiscard]] DataEncryption triple_des_data_encryption(Chaining chaining) const override;
  [[nodiscard]] DataEncryption aes_data_encryption() const override;

 private:
  [[nodiscard]] const Secret& key(KeyRole role) const;

  const KeySet& keys_;
};

/// Static keys of either kind, by reference; implicit, so that a KeySet can stand where keys are asked for.
class KeyAccess {
 public:
  KeyAccess(const KeySet& keys) : set_(&keys) {}                 // NOLINT(google-explicit-constructor)
  KeyAccess(const StaticKeys& elsewhere) : keys_(&elsewhere) {}  // NOLINT(google-explicit-constructor)

  /// Calls `use` with the keys and returns what it returns.
  template <class Use>
  decltype(auto) with(Use&& use) const {
    if (keys_ != nullptr) return use(*keys_);
    const KeysInMemory in_memory(*set_);
    return use(static_cast<const StaticKeys&>(in_memory));
  }

 private:
  const KeySet* set_ = nullptr;
  const StaticKeys* keys_ = nullptr;
};

/// Triple DES under a key of 16 bytes, with a start of zeros.
[[nodiscard]] DataEncryption data_encryption_with(const Secret& triple_des_key, Chaining chaining);

}  // namespace gpsh::gp
