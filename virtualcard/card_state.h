// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/aid.h"
#include "virtualcard/crypto.h"

namespace gpsh::virtualcard {

/// Card life cycle (GPCS 2.3.1 Table 11-6). CARD_LOCKED and TERMINATED come with SET STATUS.
enum class CardLifeCycle : std::uint8_t { op_ready = 0x01, initialized = 0x07, secured = 0x0F };

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

/// The Issuer Security Domain's registry entry; its state is the card's.
struct IssuerSecurityDomain {
  Aid aid;
  CardLifeCycle life_cycle = CardLifeCycle::secured;
  Bytes privileges{};              ///< 3 bytes (GPCS 2.3.1 section 11.1.2)
  std::optional<Aid> load_file{};  ///< where it comes from, if the card tells
  bool selectable = true;          ///< false: SELECT does not find it, as before a JCOP is fused
};

/// An application of the registry (GPCS 2.3.1 section 6.5.1).
struct Application {
  Aid aid;
  std::uint8_t life_cycle = 0;  ///< GPCS 2.3.1 Table 11-4
  Bytes privileges{};           ///< 3 bytes
  Aid load_file;

  /// Installed, made selectable and not locked (GPCS 2.3.1 section 6.4.2.1.2).
  [[nodiscard]] bool selectable() const { return life_cycle >= 0x07 && life_cycle < 0x80; }
};

/// An executable load file with its modules.
struct LoadFile {
  Aid aid;
  std::uint8_t life_cycle = 0x01;  ///< LOADED (GPCS 2.3.1 Table 11-3)
  Bytes version{};                 ///< major, minor; empty: the card does not tell
  std::vector<Aid> modules{};
};

/// What a card keeps when the power goes.
struct CardState {
  IssuerSecurityDomain issuer_security_domain;
  std::vector<KeySet> key_sets;  ///< at least one; the first is the default
  std::vector<LoadFile> load_files{};
  std::vector<Application> applications{};
  Bytes stored_data{};  ///< the data field of the last STORE DATA
  unsigned failed_authentications = 0;

  /// The set with this version, for 00 the first (GPCS 2.3.1 E.5.1.3); null when there is none.
  [[nodiscard]] KeySet* find_key_set(std::uint8_t version);
  [[nodiscard]] const KeySet& default_key_set() const { return key_sets.front(); }
};

/// True when `wanted` is the AID or its first bytes; empty matches all.
[[nodiscard]] bool matches_partially(const Aid& aid, ByteView wanted);

}  // namespace gpsh::virtualcard
