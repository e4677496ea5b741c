// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "core/bytes.h"
#include "gp/card_session.h"

namespace gpsh::gp {

/// Extended card resources information (GPCS 2.3.1 section 11.3.3.1.2; ETSI TS 102 226). What the card left
/// out, or gave no length of 1 to 4 bytes, is absent.
struct CardResources {
  std::optional<std::uint32_t> applications{};        ///< tag 81
  std::optional<std::uint32_t> non_volatile_bytes{};  ///< tag 82, free
  std::optional<std::uint32_t> volatile_bytes{};      ///< tag 83, free

  friend bool operator==(const CardResources&, const CardResources&) = default;
};

/// From the answer to GET DATA FF21, with or without its tag. Throws Error (card, "bad-response").
[[nodiscard]] CardResources parse_card_resources(ByteView data);

/// GET DATA FF21, through the channel if one is open; Wire::gpshell always sends it in clear. Throws Error
/// (card, "card-status") unless 9000, and what parse_card_resources() throws.
[[nodiscard]] CardResources read_card_resources(CardSession& session);

}  // namespace gpsh::gp
