// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "core/bytes.h"
#include "virtualcard/crypto.h"

namespace gpsh::virtualcard {

enum class KeyType { des, aes };

/// The three secure channel keys that share a key version number, and their sequence counter (GPCS 2.3.1
/// E.1.2, AmdD 6.2.2.1: one counter per key version).
struct KeySet {
  std::uint8_t version = 0;
  KeyType type = KeyType::des;
  Key enc;  ///< the base key where a set has one only; mac and dek are then its copies
  Key mac;
  Key dek;
  std::uint32_t sequence_counter = 0;  ///< SCP02: 2 bytes, SCP03: 3 bytes
};

/// A part of a key: the modulus of an RSA key, the point of an EC key, the whole of a symmetric one.
struct KeyComponent {
  std::uint8_t type = 0;  ///< GPCS 2.3.1 Table 11-16
  Key value;
};

/// A key for another duty than secure channels: tokens 70, receipts 71, DAP 73 (GPCS 2.3.1 section 11.1.9).
struct ServiceKey {
  std::uint8_t version = 0;
  std::uint8_t identifier = 0;
  std::vector<KeyComponent> components{};
};

/// What a security domain keeps beside its registry entry (GPCS 2.3.1 sections 7.4 and 7.5).
struct SecurityDomain {
  std::vector<KeySet> key_sets{};  ///< the first is the default; none: not personalised
  std::vector<ServiceKey> service_keys{};
  std::map<std::uint16_t, Bytes> data{};  ///< tag -> value, as STORE DATA brought them
  unsigned failed_authentications = 0;
  std::uint16_t confirmation_counter = 0;  ///< of the receipts given, tag C2 (GPCS 2.3.1 section 9.1.3.6)

  /// The set with this version, for 00 the first (GPCS 2.3.1 E.5.1.3); null when there is none.
  [[nodiscard]] KeySet* find_key_set(std::uint8_t version);
  /// The domain has keys.
  [[nodiscard]] const KeySet& default_key_set() const { return key_sets.front(); }
  /// Identifier 00 stands for any. Null when there is none.
  [[nodiscard]] const ServiceKey* find_service_key(std::uint8_t version, std::uint8_t identifier) const;
};

}  // namespace gpsh::virtualcard
