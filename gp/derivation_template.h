// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.h"
#include "gp/secret.h"

namespace gpsh::gp {

/// What goes through the cipher for a key: before and behind the counter, where there is one.
struct DerivationInput {
  Bytes before{};
  Bytes after{};
};

/// How one key of a card is made of a master key, in the template language of GlobalPlatformPro
/// (martinpaljak/GlobalPlatformPro, keys/PlaintextKeys.java at c5703ef14263): two hex digits with or without
/// 0x for a byte, $0 to $9 for a byte of the diversification data, $k for the key's number (ENC 01, MAC 02,
/// DEK 03). Without $_ the bytes, 16 of them, go through triple DES in ECB mode. $_ is the counter of the
/// counter mode KDF with AES-CMAC; $l$l is then the key's length in bits, two bytes. Case and blanks do not
/// matter.
class DerivationTemplate {
 public:
  /// Throws Error (usage, "key-derivation") that says what is wrong and at which character.
  [[nodiscard]] static DerivationTemplate parse(std::string_view text);

  /// Whether it has a counter and so makes AES keys.
  [[nodiscard]] bool counter_mode() const { return counter_mode_; }
  /// The key with this number. Throws Error (usage, "key-length") for a master key of another length than
  /// 16 bytes, with a counter 16, 24 or 32; Error (card, "short-data") when `data` has no byte the template
  /// names.
  [[nodiscard]] Secret derive(const Secret& master, ByteView data, std::uint8_t key_number) const;

  /// What the key with this number, of so many bytes, is made of. Throws Error (card, "short-data") as
  /// derive() does.
  [[nodiscard]] DerivationInput input(ByteView data, std::uint8_t key_number, std::size_t key_bytes) const;
  /// As parse() takes it: "$4 $5 F0 $k".
  [[nodiscard]] std::string text() const;

  friend bool operator==(const DerivationTemplate&, const DerivationTemplate&) = default;

 private:
  enum class Kind { literal, data, key_number, bit_length, counter };
  struct Piece {
    Kind kind = Kind::literal;
    std::uint8_t value = 0;  ///< of a literal; of data the place
    friend bool operator==(const Piece&, const Piece&) = default;
  };
  class Parser;

  std::vector<Piece> pieces_;
  bool counter_mode_ = false;
};

}  // namespace gpsh::gp
