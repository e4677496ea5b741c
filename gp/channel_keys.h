// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "core/observer.h"
#include "gp/diversification.h"
#include "gp/keys.h"

namespace gpsh::gp {

/// What a person gives to open a channel with.
struct ChannelKeys {
  KeySet keys{};  ///< -enc_key, -mac_key, -kek_key; any may be empty
  Secret
      base_key{};  ///< -key: the master key of a derivation, the only key of a card with one, else all three
  Diversification derivation{};
};

/// What the three static keys of a channel are for.
struct KeyPurpose {
  std::uint8_t protocol = 0;      ///< 1 to 3
  std::uint8_t i = 0;             ///< SCP02 without bit 01 has one base key
  ByteView diversification_data;  ///< of the INITIALIZE UPDATE answer, 10 bytes
};

/// -key alone, for want of ENC, MAC and DEK, stands for all three.
[[nodiscard]] bool base_key_serves_for_all(const ChannelKeys& given);

/// Throws Error (usage, "key-missing") when there is nothing to open a channel with.
void require_keys(const ChannelKeys& given);

/// The card's static keys, derived where a derivation is asked for. With a derivation -key is the master key
/// and the other three are not looked at; without -key each of them is its own master key. Throws what
/// diversify() throws.
[[nodiscard]] KeySet static_keys(const ChannelKeys& given, const KeyPurpose& purpose);

/// Where ENC and MAC key, or their master keys, are public test keys: a note ("public-key") that anyone can
/// manage the card.
[[nodiscard]] std::optional<Remark> public_keys_remark(const ChannelKeys& given, const KeyPurpose& purpose);

/// "ENC 8BAF47, MAC 8BAF47, DEK 8BAF47": check values, AES for SCP03, triple DES else.
[[nodiscard]] std::string check_values(const KeySet& keys, std::uint8_t protocol);

}  // namespace gpsh::gp
