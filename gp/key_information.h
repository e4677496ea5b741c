// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.h"

namespace gpsh::gp {

/// One component of a key as the card describes it.
struct KeyComponent {
  std::uint8_t type = 0;     ///< without the FF of the extended form; 88 is AES
  std::uint16_t length = 0;  ///< bytes; in the basic form 256 stands for 256 or more. Or the reference, below

  /// A key parameter reference (GPCS 2.3.1 section 11.3.3.1.1): its value stands in place of its length.
  [[nodiscard]] bool is_reference() const { return type == 0xF0; }

  friend bool operator==(const KeyComponent&, const KeyComponent&) = default;
};

/// Key information data (GPCS 2.3.1 Tables 11-28 and 11-29).
struct KeyInformation {
  std::uint8_t identifier = 0;
  std::uint8_t version = 0;
  std::vector<KeyComponent> components{};
  std::optional<Bytes> usage{};   ///< extended form only: 1 or 2 bytes (section 11.1.9)
  std::optional<Bytes> access{};  ///< extended form only: 1 byte (section 11.1.10)

  friend bool operator==(const KeyInformation&, const KeyInformation&) = default;
};

/// The keys of a key information template, E0, in the card's order; an empty C0 is passed over. Throws Error
/// (card, "bad-response") for data that is no such template or cannot be read.
[[nodiscard]] std::vector<KeyInformation> parse_key_information(ByteView data);

/// The reference of a component that is one: "00", in the extended form of 256 and more "0100".
[[nodiscard]] std::string reference_text(const KeyComponent& component);

/// What a key type says: "AES", "DES", "RSA public exponent"; "unknown" for others (GPCS 2.3.1 Table 11-16).
[[nodiscard]] std::string_view key_type_text(std::uint8_t type);

}  // namespace gpsh::gp
