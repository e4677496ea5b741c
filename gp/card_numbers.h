// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/bytes.h"

namespace gpsh::gp {

// Small data objects of a security domain, from the answer to GET DATA with or without the tag. Each throws
// Error (card, "bad-response") for what cannot be read.

/// Issuer (42) or security domain provider identification number, or card (45) or security domain image
/// number.
struct IdentificationNumber {
  Bytes value{};
  /// Decimal digits, where the value is BCD, filled with F to a whole byte (GPCS 2.3.1 section 7.4.1.1).
  std::optional<std::string> digits{};

  friend bool operator==(const IdentificationNumber&, const IdentificationNumber&) = default;
};
[[nodiscard]] IdentificationNumber parse_issuer_number(ByteView data);
[[nodiscard]] IdentificationNumber parse_image_number(ByteView data);

/// Sequence counter of the default key version (C1; GPCS 2.3.1 section 11.3.2.1): 2 bytes on SCP02, 3 on
/// SCP03.
[[nodiscard]] std::uint32_t parse_sequence_counter(ByteView data);
/// Confirmation counter (C2; GPCS 2.3.1 section 11.3.2.1), 2 bytes.
[[nodiscard]] std::uint32_t parse_confirmation_counter(ByteView data);

/// Key diversification data (CF; EMV CPS 1.1): the data that keys are derived from.
[[nodiscard]] Bytes parse_diversification_data(ByteView data);

}  // namespace gpsh::gp
